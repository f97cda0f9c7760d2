"""Puts the engine's parts together, for a store: the real one, or a rehearsal's."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.config_reader import ConfigReader
from mentorbot.core.clock import Clock
from mentorbot.core.handbook import Handbook
from mentorbot.db.store import Store
from mentorbot.engine.act import Actor
from mentorbot.engine.anew import Anew
from mentorbot.engine.app import App
from mentorbot.engine.catch_up import CatchUp
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.decide import Decider
from mentorbot.engine.doubts import Doubts
from mentorbot.engine.hear import Inbox
from mentorbot.engine.lifecycle import Lifecycle
from mentorbot.engine.looking import Lookout
from mentorbot.engine.observer import Observer
from mentorbot.engine.parked import Parking
from mentorbot.engine.schedule import Timetable
from mentorbot.engine.seeding import Seeding
from mentorbot.engine.sweep import Sweeper
from mentorbot.engine.waits import WAITS, Waits
from mentorbot.engine.work_off import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """Everything the engine consists of."""

    store: Store
    inbox: Inbox
    desk: Desk
    actor: Actor
    doubts: Doubts
    parking: Parking
    sweeper: Sweeper
    timetable: Timetable
    seeding: Seeding
    lifecycle: Lifecycle
    catch_up: CatchUp
    configurations: Configurations
    lookout: Lookout


def furnish(
    *,
    store: Store,
    app: App,
    handbook: Handbook,
    clock: Clock,
    public_url: str,
    observer: Observer,
    waits: Waits = WAITS,
) -> Rooms:
    """Build the rooms around a store."""
    inbox = Inbox(store, observer)
    lifecycle = Lifecycle(store)
    reader = ConfigReader()
    configurations = Configurations(store=store, app=app, handbook=handbook, clock=clock, reader=reader)
    lookout = Lookout(
        store=store, app=app, handbook=handbook, clock=clock, public_url=public_url, reader=reader
    )
    decider = Decider(handbook=handbook, lookout=lookout)
    sweeper = Sweeper(
        store=store,
        handbook=handbook,
        lookout=lookout,
        configurations=configurations,
        anew=Anew(store=store, decider=decider),
        clock=clock,
        observer=observer,
    )
    return Rooms(
        store=store,
        inbox=inbox,
        desk=Desk(
            store=store,
            decider=decider,
            configurations=configurations,
            lifecycle=lifecycle,
            clock=clock,
            observer=observer,
        ),
        actor=Actor(
            store=store,
            app=app,
            configurations=configurations,
            sweeper=sweeper,
            clock=clock,
            observer=observer,
            waits=waits,
        ),
        doubts=Doubts(store=store, app=app, clock=clock),
        parking=Parking(store=store, decider=decider, configurations=configurations, clock=clock),
        sweeper=sweeper,
        timetable=Timetable(store=store, configurations=configurations, sweeper=sweeper, clock=clock),
        seeding=Seeding(store=store, app=app, configurations=configurations, clock=clock, observer=observer),
        lifecycle=lifecycle,
        catch_up=CatchUp(store=store, app=app, inbox=inbox, lifecycle=lifecycle, clock=clock),
        configurations=configurations,
        lookout=lookout,
    )
