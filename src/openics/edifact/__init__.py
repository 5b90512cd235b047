"""UN/EDIFACT syntax version 3 (ISO 9735): reading and writing interchanges, without any knowledge of messages.

`reader` cuts bytes into messages and finds every fault of the envelope, `segments` cuts messages into segments,
elements and components, `places` finds the byte at which any of them stands, `writer` is the way back. Reading never
raises on content, takes time linear in the input and holds at most twice the input beside the input itself.
"""
