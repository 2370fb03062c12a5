"""Pages of the public interface, told in the body and, for CSV, in the headers."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response


class Pages(PageNumberPagination):
    """`page` and `page_size` (500 at most); headers X-Total-Count and Link say the same to readers of CSV."""

    page_size_query_param = "page_size"
    max_page_size = 500

    def get_paginated_response(self, data: Any) -> Response:
        """The page with its count and its neighbours."""
        response = super().get_paginated_response(data)
        assert self.page is not None
        response["X-Total-Count"] = str(self.page.paginator.count)
        links = {"next": self.get_next_link(), "prev": self.get_previous_link()}
        told = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items() if address)
        if told:
            response["Link"] = told
        return response
