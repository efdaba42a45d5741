/// Runs compiled programs through the PJRT C API. It knows nothing of Girih's IR: programs come as
/// bytes of an `HloModuleProto`, arrays as memory segments.
///
/// [org.girih.runtime.plugin] finds and fetches the shared library that implements the API;
/// [org.girih.runtime.pjrt] loads it and provides clients, buffers and executables. On top of that
/// [org.girih.runtime.host] is the API for programs in Java, which run the artifacts of
/// [org.girih.runtime.artifact].
package org.girih.runtime;
