package org.girih.host.array;

/// A tree of arrays: an array, a tuple or a record. The leaves of a record are in the order of its
/// fields' names whenever they are flattened, in the order written when it is printed.
public sealed interface HostValue permits HostArray, HostTuple, HostRecord {}
