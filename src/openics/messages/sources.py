"""Where the facts of the messages come from."""

from typing import Final

SOFTWARE_DEVELOPERS_GUIDE: Final = (
    "https://www.abf.gov.au/help-and-support/ics/integrated-cargo-system-(ics)/software-developers"
)
GUIDELINES: Final = f"{SOFTWARE_DEVELOPERS_GUIDE}/messaging/ics-message-implementation-guidelines"
TEST_SCRIPTS: Final = f"{SOFTWARE_DEVELOPERS_GUIDE}/reference-materials/edi-test-routines-and-scripts"
WALNUT: Final = "https://github.com/zozoh/walnut (Apache-2.0), real responses among its test resources"
FIELD_GUIDE: Final = (
    "https://www.yumpu.com/en/document/view/26255742/completing-export-declarations-australian-customs-service"
)
SUPPLEMENTARY_PAGE: Final = "https://studylib.net/doc/18875598/export-declaration-supplementary-page"
