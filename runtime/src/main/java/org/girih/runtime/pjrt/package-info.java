/// The binding of the PJRT C API.
///
/// [Plugin] is a loaded library, [Client] its runtime, [PluginDevice] where arrays live, [Buffer]
/// an array there, [Executable] a compiled module. Clients, buffers and executables are [Handle]s:
/// they have one owner, who closes them; a close while another thread is using the handle waits for
/// it by counting, and a use after close is an IllegalStateException.
///
/// For devices that are not here there is a [Topology] instead of a client; it compiles to a
/// [CompiledProgram], which is data. A [DeviceAssignment] tells which devices run a module, as how
/// many replicas and partitions.
///
/// PJRT checks little and aborts the process on much, so all is checked here first: the library by
/// its ELF headers and API version, arguments against the [Shape]s that a module was compiled for,
/// memory against what the machine has. Modules themselves must have been verified by whoever made
/// them. What the plugin reports is a [org.girih.runtime.status.PjrtException] with its
/// [org.girih.runtime.status.StatusCode].
///
/// The native side is `runtime/src/main/cpp/pjrt_shim.hpp`, seen through `Shim`; `BuildShim` builds
/// it as a step of the Maven build. Functions that compiled programs call back are in
/// `ffi_shim.hpp`, and registered with each CPU client. It declares the structs and slots that it
/// uses of PJRT itself, in `pjrt_abi.hpp`, so that no plugin and no header is needed to build it.
///
/// | class | role |
/// |---|---|
/// | [Option] | what a client or a topology is created with |
/// | [CompileOptions] | the devices that a module is compiled for |
/// | [DeviceDescription] | the facts that a plugin reports of a device |
/// | [ElementType] | the element types of buffers |
/// | [Sharding], [ShardedArray] | where the parts of an array are, and an array of parts |
/// | [PrintedCall] | what a compiled program prints while it runs |
/// | [HostMemory] | refuses what the machine's memory cannot hold |
package org.girih.runtime.pjrt;
