-- wrk -s wrk.lua URL -- METHOD COOKIE CSRF TARGETS: one kind of request, its figures as one line of JSON at the end.
-- TARGETS is a file that returns {{path, body}, ...}, asked in turn; without it the URL is asked as it is.
-- "%COUNT%" in a body is the number of the request: a text that is saved is never the same twice.
local targets
local count = 0

function init(arguments)
  local method, cookie, csrf, file = arguments[1], arguments[2] or "", arguments[3] or "", arguments[4] or ""
  wrk.method = method
  if cookie ~= "" then wrk.headers["Cookie"] = cookie end
  if file ~= "" then targets = dofile(file) end
  if method == "POST" then
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["X-Autosave"] = "1"
    if csrf ~= "" then wrk.headers["X-CSRFToken"] = csrf end
  end
  -- Each thread begins elsewhere in the list.
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
  count = math.random(1, 100000)
end

function request()
  if not targets then return wrk.format() end
  count = count + 1
  local target = targets[count % #targets + 1]
  return wrk.format(nil, target[1], nil, (target[2]:gsub("%%COUNT%%", tostring(count))))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'FIGURES {"requests": %d, "microseconds": %d, "failed": %d, "p50": %d, "p95": %d, "p99": %d}\n',
    summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
