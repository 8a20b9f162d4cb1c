"""How a program says who it is, for the document; the gate asks for it, of every route."""

from __future__ import annotations

from fastapi.security import HTTPBasic, HTTPBearer

bearer = HTTPBearer(scheme_name="token", description="What `stet password --token` printed.", auto_error=False)
basic = HTTPBasic(
    scheme_name="basic", description="For reading: the token as the password, any user name.", auto_error=False
)
