"""What the lines of the messages on cargo have in common."""

from collections import Counter
from collections.abc import Iterable

from openics.messages import codes
from openics.messages.cargo.codes import ImportCargoType, PackageType
from openics.messages.cargo.codes_movement import CargoReference
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Part
from openics.messages.fields import at, group


class ReportedLine(Part):
    """A numbered line of a message to customs."""

    number: int | None = at(
        choices.LINE_NUMBER, "Line Number", use="M", required=True, evidence="I", condition="counted from 1"
    )
    action: str | None = at(
        f"GIS+{choices.LINE_ACTION_LIST}/C529.7365",
        "Line Action Code",
        "an1",
        codes=codes.LineAction,
        condition="I on an original; may be absent on a change of the header only",
        evidence="I",
    )


class NumberedLines:
    """A message whose lines are numbered."""

    lines: tuple[ReportedLine, ...]

    @property
    def repeated_numbers(self) -> str:
        """The line numbers that occur more than once, in words."""
        return repeated(line.number for line in self.lines)


def repeated(values: Iterable[object]) -> str:
    """The values that occur more than once, with commas between them; empty when each occurs once."""
    return ", ".join(str(value) for value, times in Counter(values).items() if times > 1)


class KnownByReference:
    """What the reference of a line, and the bill or waybill above it, are in words."""

    reference_type: str | None
    reference: str | None
    parent: str | None

    @property
    def container(self) -> str | None:
        """The container that the line is about; None when it is about a bill or a waybill."""
        return self._reference(CargoReference.CONTAINER)

    @property
    def house_bill(self) -> str | None:
        """The house bill that the line is about."""
        return self._reference(CargoReference.HOUSE_BILL)

    @property
    def ocean_bill(self) -> str | None:
        """The ocean bill that the line is about, or that its house bill or container belongs to."""
        below = self.reference_type in (CargoReference.HOUSE_BILL, CargoReference.CONTAINER)
        return self.parent if below else self._reference(CargoReference.OCEAN_BILL)

    @property
    def house_waybill(self) -> str | None:
        """The house waybill that the line is about."""
        return self._reference(CargoReference.HOUSE_WAYBILL)

    @property
    def master_waybill(self) -> str | None:
        """The master waybill that the line is about, or that its house waybill belongs to."""
        below = self.reference_type == CargoReference.HOUSE_WAYBILL
        return self.parent if below else self._reference(CargoReference.MASTER_WAYBILL)

    def _reference(self, kind: CargoReference) -> str | None:
        return self.reference if self.reference_type == kind else None


class ReportedPackages(Part):
    """Packages of a line of a message to customs."""

    packages: int | None = at("SG14/PAC+185/7224", "Number of Packages", evidence="I")
    package_type: str | None = at(
        "SG14/PAC+185/C202.7065", "Package Type", "an2", codes=PackageType, closed=False, evidence="I"
    )


class Marks(Part):
    """Marks and numbers on packages, as they stand there line by line."""

    line_1: str | None = at("C210.7102#1", "Marks and Numbers Line 1", use="M", required=True)
    line_2: str | None = at("C210.7102#2", "Marks and Numbers Line 2", use="O")
    line_3: str | None = at("C210.7102#3", "Marks and Numbers Line 3", use="O")
    line_4: str | None = at("C210.7102#4", "Marks and Numbers Line 4", use="O")
    line_5: str | None = at("C210.7102#5", "Marks and Numbers Line 5", use="O")
    line_6: str | None = at("C210.7102#6", "Marks and Numbers Line 6", use="O")
    line_7: str | None = at("C210.7102#7", "Marks and Numbers Line 7", use="O")
    line_8: str | None = at("C210.7102#8", "Marks and Numbers Line 8", use="O")
    line_9: str | None = at("C210.7102#9", "Marks and Numbers Line 9", use="O")
    line_10: str | None = at("C210.7102#10", "Marks and Numbers Line 10", use="O")


class AdvisedItem(Part):
    """One cargo line of a message from customs."""

    cargo_type: str | None = at("PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False)
    packages: int | None = at("PAC+185/7224", "Number of Packages", pad=7)
    package_type: str | None = at("PAC+185/C202.7065", "Package Type", codes=PackageType, closed=False)


class AdvisedLine(AdvisedItem):
    """One cargo line of a message from customs, with what it is known by."""

    ocean_bill: str | None = at("RFF+MB/C506.1154", "Ocean Bill")
    house_bill: str | None = at("RFF+BH/C506.1154", "House Bill")
    master_waybill: str | None = at("RFF+MWB/C506.1154", "Master Waybill")
    house_waybill: str | None = at("RFF+HWB/C506.1154", "House Waybill")
    consignment_reference: str | None = at("RFF+UCN/C506.1154", "Consignment Reference")
    container: str | None = at("RFF+AAQ/C506.1154", "Container Number")
    marks: tuple[Marks, ...] = group("PCI+28", "Marks and Numbers")
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description")
