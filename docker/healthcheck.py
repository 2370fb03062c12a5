"""Exit code 0 when the portal answers at the address given; asks as the proxy in front of it would."""

import sys
import urllib.error
import urllib.request


def main() -> int | str:
    request = urllib.request.Request(sys.argv[1], headers={"X-Forwarded-Proto": "https"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=8) as response:  # noqa: S310
            return int(response.status != 200)
    except (OSError, urllib.error.URLError) as error:
        return f"{sys.argv[1]}: {error}"


if __name__ == "__main__":
    sys.exit(main())
