package org.girih.runtime.pjrt;

import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/// The native functions of `pjrt_shim.hpp`, `ffi_shim.hpp` and `lapack_shim.hpp`, where each is
/// described; JavaCPP generates what lies between. All arguments are numbers or addresses, so that
/// a call costs no more than the JNI transition. A function returns 0 or a failure for
/// [Native#check].
@Platform(include = "lapack_shim.hpp", link = "dl")
@Namespace("girih")
@NoException(true)
final class Shim {
  static {
    ShimLibrary.load();
  }

  private Shim() {}

  static native void failure_read(long failure, long out);

  static native void failure_free(long failure);

  static native long open(long path, long out);

  static native long initialize(long api);

  static native long client_create(
      long api, long names, long values, long kinds, long count, long out);

  static native long client_destroy(long api, long client);

  static native long client_describe(long api, long client, long out);

  static native long device_description(long api, long device, long out);

  static native long description_read(long api, long description, long out);

  static native long topology_create(
      long api, long name, long names, long values, long kinds, long count, long out);

  static native long topology_destroy(long api, long topology);

  static native long topology_read(long api, long topology, long out);

  static native long topology_compile(
      long api, long topology, long code, long codeSize, long options, long optionsSize, long out);

  static native long device_memory(long api, long device, long out);

  static native long compile(
      long api, long client, long code, long codeSize, long options, long optionsSize, long out);

  static native long load(long api, long client, long code, long codeSize, long out);

  static native long executable_serialize(long api, long executable, long out);

  static native void serialized_free(long owner, long deleter);

  static native long executable_destroy(long api, long loaded, long executable);

  static native long executable_results(long api, long executable, long out);

  static native long executable_optimized(
      long api, long executable, long code, long codeSize, long out);

  static native long executable_counts(long api, long executable, long out);

  static native long executable_memory(long api, long executable, long out);

  static native long executable_cost(long api, long executable, long out);

  static native long execute(
      long api,
      long loaded,
      long arguments,
      long argumentCount,
      long results,
      long kept,
      long keptCount);

  static native long execute_all(
      long api,
      long loaded,
      long devices,
      long arguments,
      long argumentCount,
      long results,
      long resultCount);

  static native long buffer_from_host(
      long api, long client, long device, long data, long type, long dims, long rank, long out);

  static native long buffer_destroy(long api, long buffer);

  static native long buffer_delete(long api, long buffer);

  static native long buffer_is_deleted(long api, long buffer, long out);

  static native long buffer_dynamic(long api, long buffer, long out);

  static native long buffer_dims(long api, long buffer, long out);

  static native long buffer_await(long api, long buffer);

  static native long buffer_to_host(
      long api, long buffer, long minorToMajor, long rank, long target, long size, long out);

  static native long lapack_open(long path);

  static native long handlers_register(long api, long platform);

  static native long printed_take(long milliseconds, long out);

  static native void printed_free(long printed);

  static native long printed_count();
}
