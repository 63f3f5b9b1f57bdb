"""Where sessions are kept: in Django's own table, read by plain SQL, since every page begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from backline.core import clock, sql

_LIVE = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Any:
        found = sql.rows(_LIVE, self.session_key, clock.now())
        if not found:
            self._session_key = None
            return None
        data, expires = found[0]
        key = str(self.session_key)
        return self.model(session_key=key, session_data=data, expire_date=sql.instant(expires))
