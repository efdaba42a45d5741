/// Arrays and trees of arrays as the host sees them: what `load` returns, what `save` takes, what a
/// run returns and `print` shows.
///
/// A [HostArray] is a dtype, dims and bytes, row-major and little-endian, the layout in which PJRT
/// takes and returns buffers. [HostValue] is a tree of them, made of
/// [HostTuple]s and [HostRecord]s. Nothing here knows a file or a device.
package org.girih.host.array;
