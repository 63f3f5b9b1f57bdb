"""Moving a store: everything arrives, and the work goes on there."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from backline.listening.closing import close_all
from backline.listening.copying import NotEmptyError, copy_store
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import Store, open_store, store_at
from tests.listening.past import Past, at_noon, send_all
from tests.listening.store.contract.dump import dump

pytestmark = pytest.mark.django_db
DAY = 20_000


@pytest.mark.parametrize("back", [False, True], ids=["there", "back"])
def test_a_copy_holds_everything_and_goes_on(
    store: Store, settings: LazySettings, tmp_path: Path, back: bool
):
    ours, embedded = settings.LISTENING_URL, f"sqlite:///{tmp_path / 'embedded.sqlite3'}"
    source_url, target_url = (ours, embedded) if back else (embedded, ours)
    settings.LISTENING_URL = source_url
    past = Past(8)
    send_all([*past.listens(DAY, 30), past.download(DAY), past.mark(DAY)])
    fold_all(now=at_noon(DAY))
    close_all(now=at_noon(DAY + 9))
    send_all([*past.listens(DAY + 9, 5), past.listen(DAY + 9)._replace(final=False)])
    source, target = open_store(), store_at(target_url)
    copied = copy_store(source, target)
    rows = dump(source)
    assert dump(target) == rows
    assert copied >= sum(map(len, rows.values())) > 100
    with pytest.raises(NotEmptyError):
        copy_store(source, target)

    settings.LISTENING_URL = target_url
    send_all([past.listen(DAY + 9, listener=past.listen(DAY).listener)])
    fold_all(now=at_noon(DAY + 9))
    live = dump(target)
    assert len(live["listen"]) == len(rows["listen"]) + 1
    rebuild()
    assert dump(target) == live
    source.close()
    target.close()
