"""Puts the engine's parts together, for a store: the real one, or a rehearsal's."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.core.clock import Clock
from mentorbot.db.store import Store
from mentorbot.engine.act import Actor
from mentorbot.engine.backfill import Backfill
from mentorbot.engine.catch_up import CatchUp
from mentorbot.engine.configuration import ConfigReader, Configurations
from mentorbot.engine.decide import Decider
from mentorbot.engine.duplicates import DuplicateCheck
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.installations import Installations
from mentorbot.engine.observer import Observer
from mentorbot.engine.parked import ParkedQueue
from mentorbot.engine.ports import PortsFactory
from mentorbot.engine.process_delivery import DeliveryProcessor
from mentorbot.engine.receive_delivery import DeliveryReceiver
from mentorbot.engine.recheck import Recheck
from mentorbot.engine.retries import RETRY_DELAYS, RetryDelays
from mentorbot.engine.schedule import Scheduler
from mentorbot.engine.sweep import Sweeper
from mentorbot.feature_api.feature_catalog import FeatureCatalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Everything the engine consists of."""

    store: Store
    receiver: DeliveryReceiver
    deliveries: DeliveryProcessor
    actor: Actor
    duplicate_check: DuplicateCheck
    parked: ParkedQueue
    sweeper: Sweeper
    scheduler: Scheduler
    backfill: Backfill
    installations: Installations
    catch_up: CatchUp
    configurations: Configurations
    ports_factory: PortsFactory


def build(
    *,
    store: Store,
    app: AppClient,
    catalog: FeatureCatalog,
    clock: Clock,
    public_url: str,
    observer: Observer,
    retry_delays: RetryDelays = RETRY_DELAYS,
) -> Components:
    """Build the parts around a store."""
    receiver = DeliveryReceiver(store, observer)
    installations = Installations(store)
    config_reader = ConfigReader()
    configurations = Configurations(store=store, app=app, catalog=catalog, clock=clock, reader=config_reader)
    ports_factory = PortsFactory(
        store=store, app=app, catalog=catalog, clock=clock, public_url=public_url, reader=config_reader
    )
    decider = Decider(catalog=catalog, ports_factory=ports_factory)
    sweeper = Sweeper(
        store=store,
        catalog=catalog,
        ports_factory=ports_factory,
        configurations=configurations,
        clock=clock,
        observer=observer,
    )
    return Components(
        store=store,
        receiver=receiver,
        deliveries=DeliveryProcessor(
            store=store,
            decider=decider,
            configurations=configurations,
            installations=installations,
            clock=clock,
            observer=observer,
        ),
        actor=Actor(
            store=store,
            app=app,
            configurations=configurations,
            recheck=Recheck(store=store, decider=decider, sweeper=sweeper),
            clock=clock,
            observer=observer,
            retry_delays=retry_delays,
        ),
        duplicate_check=DuplicateCheck(store=store, app=app, clock=clock),
        parked=ParkedQueue(store=store, decider=decider, configurations=configurations, clock=clock),
        sweeper=sweeper,
        scheduler=Scheduler(store=store, configurations=configurations, sweeper=sweeper, clock=clock),
        backfill=Backfill(
            store=store, app=app, configurations=configurations, clock=clock, observer=observer
        ),
        installations=installations,
        catch_up=CatchUp(store=store, app=app, receiver=receiver, installations=installations, clock=clock),
        configurations=configurations,
        ports_factory=ports_factory,
    )
