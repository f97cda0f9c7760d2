from __future__ import annotations

import gc

from mentorbot.loading import loading


def test_no_garbage_is_collected_while_modules_are_loaded_and_then_again() -> None:
    assert gc.isenabled()
    with loading():
        assert not gc.isenabled()
        with loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
