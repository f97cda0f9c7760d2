"""Puts the engine's parts together, for a store: the real one, or a dry run's."""

from __future__ import annotations

from mentorbot.core.clock import Clock
from mentorbot.db.store import Store
from mentorbot.engine.act import Actor
from mentorbot.engine.backfill import Backfill
from mentorbot.engine.catch_up import CatchUp
from mentorbot.engine.configuration import ConfigReader, Configurations
from mentorbot.engine.decide import Decider
from mentorbot.engine.duplicate_writes import DuplicateCheck
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
from mentorbot.engine.tidy import Tidier
from mentorbot.feature_api.feature_catalog import FeatureCatalog


class Components:
    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        catalog: FeatureCatalog,
        clock: Clock,
        public_url: str,
        observer: Observer,
        retry_delays: RetryDelays = RETRY_DELAYS,
    ) -> None:
        config_reader = ConfigReader()
        self.store = store
        self.receiver = DeliveryReceiver(store, observer)
        self.installations = Installations(store)
        self.configurations = Configurations(
            store=store, app=app, catalog=catalog, clock=clock, reader=config_reader
        )
        self.ports_factory = PortsFactory(
            store=store,
            app=app,
            catalog=catalog,
            configurations=self.configurations,
            clock=clock,
            public_url=public_url,
            reader=config_reader,
        )
        decider = Decider(catalog=catalog, ports_factory=self.ports_factory)
        self.deliveries = DeliveryProcessor(
            store=store,
            decider=decider,
            configurations=self.configurations,
            installations=self.installations,
            clock=clock,
            observer=observer,
        )
        self.sweeper = Sweeper(
            store=store,
            catalog=catalog,
            ports_factory=self.ports_factory,
            configurations=self.configurations,
            clock=clock,
            observer=observer,
        )
        self.scheduler = Scheduler(
            store=store, configurations=self.configurations, sweeper=self.sweeper, clock=clock
        )
        self.tidier = Tidier(store=store, app=app, configurations=self.configurations, clock=clock)
        self.actor = Actor(
            store=store,
            app=app,
            configurations=self.configurations,
            recheck=Recheck(store=store, decider=decider, sweeper=self.sweeper, tidier=self.tidier),
            catalog=catalog,
            clock=clock,
            observer=observer,
            retry_delays=retry_delays,
        )
        self.duplicate_check = DuplicateCheck(store=store, app=app, clock=clock)
        self.parked = ParkedQueue(
            store=store, decider=decider, configurations=self.configurations, clock=clock
        )
        self.backfill = Backfill(
            store=store, app=app, configurations=self.configurations, clock=clock, observer=observer
        )
        self.catch_up = CatchUp(
            store=store, app=app, receiver=self.receiver, installations=self.installations, clock=clock
        )
