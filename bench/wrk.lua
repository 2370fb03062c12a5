-- wrk -s wrk.lua URL -- METHOD COOKIE BODY CSRF: one kind of request, and its figures as one line of JSON at the end.
-- "%COUNT%" in the body is the number of the request: a text that is saved is never the same twice.
local method, cookie, body, csrf
local count = 0

function init(arguments)
  method, cookie, body, csrf = arguments[1], arguments[2] or "", arguments[3] or "", arguments[4] or ""
  wrk.method = method
  if cookie ~= "" then wrk.headers["Cookie"] = cookie end
  if method == "POST" then
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["X-Autosave"] = "1"
    if csrf ~= "" then wrk.headers["X-CSRFToken"] = csrf end
  end
end

function request()
  if method ~= "POST" then return wrk.format() end
  count = count + 1
  return wrk.format(nil, nil, nil, (body:gsub("%%COUNT%%", tostring(count))))
end

function done(summary, latency)
  io.write(string.format(
    'FIGURES {"requests": %d, "microseconds": %d, "failed": %d, "p50": %d, "p95": %d, "p99": %d}\n',
    summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
