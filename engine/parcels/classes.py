"""Land-use classes of parcels, as MSLU-100K labels them.

First level: the codes of Tables 3 and 4, the names of section "Usage Notes". Five are what the classifier tells apart;
transport and unknown occur as labels.

Second level: the paper says how many there are (22 under the five, 28 with transport and unknown) and which standard
they follow, GB 50137-2011 (Code for classification of urban land use and planning standards of development land), and
does not list them. The list here is the standard's middle classes of the same groups, which come to the same 22 and 28.
A file of the dataset may name others, so what a file says goes before this list.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LandUseClass:
    """A class of land use.

    Attributes
    ----------
    code : str
    name : str
        In English.
    parent : str
        Code of the first-level class; empty for one of these.
    """

    code: str
    name: str
    parent: str = ""


FIRST_LEVEL: tuple[LandUseClass, ...] = (
    LandUseClass("Res", "Residential"),
    LandUseClass("Com", "Commercial and service facilities"),
    LandUseClass("Pub", "Public management and public service facilities"),
    LandUseClass("Ind", "Industrial"),
    LandUseClass("Agr", "Agricultural and natural"),
    LandUseClass("Tra", "Transportation facilities"),
    LandUseClass("Unk", "Unknown"),
)
"""In the order of Table 3."""

CLASSIFIED: tuple[LandUseClass, ...] = FIRST_LEVEL[:5]
"""Classes that the network's outputs stand for, in order."""

SECOND_LEVEL: tuple[LandUseClass, ...] = (
    LandUseClass("R1", "First-class residential", "Res"),
    LandUseClass("R2", "Second-class residential", "Res"),
    LandUseClass("R3", "Third-class residential", "Res"),
    LandUseClass("B1", "Commerce", "Com"),
    LandUseClass("B2", "Business and offices", "Com"),
    LandUseClass("B3", "Recreation and fitness", "Com"),
    LandUseClass("B4", "Outlets of public utilities", "Com"),
    LandUseClass("B9", "Other services", "Com"),
    LandUseClass("A1", "Administration", "Pub"),
    LandUseClass("A2", "Culture", "Pub"),
    LandUseClass("A3", "Education and research", "Pub"),
    LandUseClass("A4", "Sports", "Pub"),
    LandUseClass("A5", "Health care", "Pub"),
    LandUseClass("A6", "Social welfare", "Pub"),
    LandUseClass("A7", "Heritage", "Pub"),
    LandUseClass("A8", "Foreign affairs", "Pub"),
    LandUseClass("A9", "Religion", "Pub"),
    LandUseClass("M1", "First-class industrial", "Ind"),
    LandUseClass("M2", "Second-class industrial", "Ind"),
    LandUseClass("M3", "Third-class industrial", "Ind"),
    LandUseClass("E1", "Water", "Agr"),
    LandUseClass("E2", "Agriculture and forestry", "Agr"),
    LandUseClass("S1", "Urban roads", "Tra"),
    LandUseClass("S2", "Urban rail transit", "Tra"),
    LandUseClass("S3", "Transport hubs", "Tra"),
    LandUseClass("S4", "Stations and car parks", "Tra"),
    LandUseClass("S9", "Other transport", "Tra"),
    LandUseClass("Unk", "Unknown", "Unk"),
)
"""In the order of the first level."""
