"""What all features that are on have in mind for a thread, each asked with its own records at hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from mentorbot.config.configuration import Configuration
from mentorbot.core.events import CommandGiven
from mentorbot.core.plan import Refusal
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports


@dataclass(frozen=True, slots=True)
class FeatureOutlook:
    """Asks the features; one that can't tell, as something could not be read, tells nothing."""

    catalog: FeatureCatalog
    configuration: Configuration
    ports_of: Callable[[str], Awaitable[Ports]]

    async def coming(self, event: CommandGiven) -> Sequence[str]:
        found: list[str] = []
        for feature in self.catalog.features_on(self.configuration):
            if feature.coming is not None:
                section = self.configuration.section(feature.name)
                try:
                    found += await feature.coming(event, section, await self.ports_of(feature.name))
                except Refusal:
                    continue
        return found

    async def useful_commands(
        self, event: CommandGiven, authorization: Authorization
    ) -> Mapping[str, Sequence[str]]:
        found: dict[str, Sequence[str]] = {}
        for feature in self.catalog.features_on(self.configuration):
            if feature.useful_commands is not None:
                section, ports = self.configuration.section(feature.name), await self.ports_of(feature.name)
                try:
                    found[feature.name] = await feature.useful_commands(event, authorization, section, ports)
                except Refusal:
                    continue
        return found
