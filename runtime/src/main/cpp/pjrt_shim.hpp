// The part of the PJRT C API that Girih calls, flattened to functions over 64-bit integers.
//
// JavaCPP generates the JNI side from org.girih.runtime.pjrt.Shim, whose native methods bear the
// names of the functions below. Conventions:
//  - every argument is an int64_t: a number, or the address of something; `api` is a PJRT_Api*;
//  - a function returns 0, or the address of a Failure that the caller frees with failure_free;
//  - results are written to the int64_t array at `out`, in the order that each function states;
//  - strings go out as address and length and are not terminated; they live as long as what they
//    were asked of.
// Every PJRT_Error and PJRT_Event that a call returns is destroyed before the function returns.
// Callers guarantee that handles are alive; null handles and missing slots are failures here.
#pragma once

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <exception>
#include <limits>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "pjrt_c_api.h"

namespace girih {

struct Failure {
  int64_t code;  // a PJRT_Error_Code
  std::string message;
};

inline int64_t address(const void* p) {
  return static_cast<int64_t>(reinterpret_cast<intptr_t>(p));
}

template <typename T>
T* at(int64_t a) {
  return reinterpret_cast<T*>(static_cast<intptr_t>(a));
}

// What is returned when there is no memory for a Failure.
inline int64_t no_memory() noexcept {
  static Failure failure{PJRT_Error_Code_RESOURCE_EXHAUSTED, "out of memory"};
  return address(&failure);
}

inline int64_t fail(PJRT_Error_Code code, const std::string& message) noexcept {
  try {
    return address(new Failure{code, message});
  } catch (...) {
    return no_memory();
  }
}

// Runs `body`; a C++ exception becomes a failure, since none may pass through JNI frames.
template <typename F>
int64_t guarded(F&& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return no_memory();
  } catch (const std::exception& e) {
    return fail(PJRT_Error_Code_INTERNAL, e.what());
  } catch (...) {
    return fail(PJRT_Error_Code_INTERNAL, "the plugin threw an unknown C++ exception");
  }
}

// The table has `slot`: it is long enough to hold it, and it is filled.
#define GIRIH_HAS(api, slot)                                                             \
  ((api)->struct_size >= offsetof(PJRT_Api, slot) + sizeof((api)->slot) && (api)->slot)

// Declares zeroed arguments `name` for `function`.
#define GIRIH_ARGS(function, name) GIRIH_STRUCT(function##_Args, name)

// Declares a zeroed struct `name` that says its size.
#define GIRIH_STRUCT(type, name)                      \
  type name;                                          \
  memset(static_cast<void*>(&name), 0, sizeof(name)); \
  name.struct_size = type##_STRUCT_SIZE

// Calls a function of the table; leaves the enclosing one with a failure if there is one.
#define GIRIH_CALL(api, function, args)                                               \
  do {                                                                                \
    if (!GIRIH_HAS(api, function)) return missing(#function);                         \
    if (PJRT_Error* error_ = (api)->function(&args)) return take(api, error_);        \
  } while (false)

// Calls `function` on the object `handle`, which goes in `field` of its arguments `args`.
#define GIRIH_ON(api, function, args, field, handle)                                \
  GIRIH_NOT_NULL(handle);                                                           \
  GIRIH_ARGS(function, args);                                                       \
  args.field = at<std::remove_pointer<decltype(args.field)>::type>(handle);         \
  GIRIH_CALL(at<const PJRT_Api>(api), function, args)

#define GIRIH_NOT_NULL(handle) \
  if ((handle) == 0) return fail(PJRT_Error_Code_INVALID_ARGUMENT, "null handle: " #handle)

// Defines `name`, which does no more than to call `function` on a handle.
#define GIRIH_DEFINE(name, function, field)                \
  inline int64_t name(int64_t api, int64_t handle) {       \
    return guarded([&]() -> int64_t {                      \
      GIRIH_ON(api, function, args, field, handle);        \
      return 0;                                            \
    });                                                    \
  }

inline int64_t missing(const char* function) {
  return fail(PJRT_Error_Code_UNIMPLEMENTED, std::string("the plugin has no ") + function);
}

// Turns `error` into a Failure and destroys it. The three slots are checked by initialize().
inline int64_t take(const PJRT_Api* api, PJRT_Error* error) {
  GIRIH_ARGS(PJRT_Error_Message, m);
  m.error = error;
  api->PJRT_Error_Message(&m);
  std::string text(m.message ? m.message : "", m.message ? m.message_size : 0);
  GIRIH_ARGS(PJRT_Error_GetCode, c);
  c.error = error;
  PJRT_Error* nested = api->PJRT_Error_GetCode(&c);
  PJRT_Error_Code code = nested || c.code == PJRT_Error_Code_OK ? PJRT_Error_Code_UNKNOWN : c.code;
  for (PJRT_Error* e : {nested, error}) {
    if (e) {
      GIRIH_ARGS(PJRT_Error_Destroy, d);
      d.error = e;
      api->PJRT_Error_Destroy(&d);
    }
  }
  return fail(code, text);
}

// Destroys an event, done or not; null is none.
inline void drop(const PJRT_Api* api, PJRT_Event* event) {
  if (!event) return;
  GIRIH_ARGS(PJRT_Event_Destroy, d);
  d.event = event;
  if (PJRT_Error* error = api->PJRT_Event_Destroy(&d)) {
    GIRIH_ARGS(PJRT_Error_Destroy, e);
    e.error = error;
    api->PJRT_Error_Destroy(&e);
  }
}

// Waits for an event, destroys it, and returns its failure; null is done without one.
inline int64_t settle(const PJRT_Api* api, PJRT_Event* event) {
  if (!event) return 0;
  GIRIH_ARGS(PJRT_Event_Await, w);
  w.event = event;
  PJRT_Error* error = api->PJRT_Event_Await(&w);
  int64_t failure = error ? take(api, error) : 0;
  drop(api, event);
  return failure;
}

// out: code, message address, message length.
inline void failure_read(int64_t failure, int64_t out) {
  const Failure* f = at<Failure>(failure);
  at<int64_t>(out)[0] = f->code;
  at<int64_t>(out)[1] = address(f->message.data());
  at<int64_t>(out)[2] = static_cast<int64_t>(f->message.size());
}

inline void failure_free(int64_t failure) {
  if (failure != no_memory()) delete at<Failure>(failure);
}

// Opens the library at the terminated `path`, for good: plugins do not survive dlclose.
// Fails with NOT_FOUND if it exports no GetPjrtApi, FAILED_PRECONDITION if it does not load.
// XLA reads how much it logs from the environment when it is loaded: it logs errors that end the
// process and nothing else, unless the user has set the variable.
// out: api, major version, minor version.
inline int64_t open(int64_t path, int64_t out) {
  return guarded([&]() -> int64_t {
    setenv("TF_CPP_MIN_LOG_LEVEL", "3", 0);
    void* library = dlopen(at<const char>(path), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      const char* why = dlerror();
      return fail(PJRT_Error_Code_FAILED_PRECONDITION, why ? why : "dlopen failed");
    }
    auto get = reinterpret_cast<const PJRT_Api* (*)()>(dlsym(library, "GetPjrtApi"));
    if (!get) return fail(PJRT_Error_Code_NOT_FOUND, "exports no GetPjrtApi");
    const PJRT_Api* api = get();
    if (!api) return fail(PJRT_Error_Code_INTERNAL, "GetPjrtApi returned null");
    if (api->struct_size < offsetof(PJRT_Api, PJRT_Error_Destroy)) {
      return fail(PJRT_Error_Code_INTERNAL, "its function table is too short to hold a version");
    }
    int64_t* o = at<int64_t>(out);
    o[0] = address(api);
    o[1] = api->pjrt_api_version.major_version;
    o[2] = api->pjrt_api_version.minor_version;
    return 0;
  });
}

// Checks the slots that every later call relies on, and sets the plugin up, once in a process.
inline int64_t initialize(int64_t api) {
  return guarded([&]() -> int64_t {
    static std::mutex mutex;
    static std::set<int64_t> done;
    const PJRT_Api* a = at<const PJRT_Api>(api);
    if (!GIRIH_HAS(a, PJRT_Error_Destroy)) return missing("PJRT_Error_Destroy");
    if (!GIRIH_HAS(a, PJRT_Error_Message)) return missing("PJRT_Error_Message");
    if (!GIRIH_HAS(a, PJRT_Error_GetCode)) return missing("PJRT_Error_GetCode");
    if (!GIRIH_HAS(a, PJRT_Event_Destroy)) return missing("PJRT_Event_Destroy");
    if (!GIRIH_HAS(a, PJRT_Event_Await)) return missing("PJRT_Event_Await");
    std::lock_guard<std::mutex> lock(mutex);
    if (done.count(api)) return 0;
    GIRIH_ARGS(PJRT_Plugin_Initialize, args);
    GIRIH_CALL(a, PJRT_Plugin_Initialize, args);
    done.insert(api);
    return 0;
  });
}

// `names` and `values`: addresses of terminated strings, `kinds`: 0 where the value is a string,
// 1 where the value is an integer itself, 2 a bool, 3 the bits of a float. Fills `options`.
inline void named_values(int64_t names, int64_t values, int64_t kinds,
                         std::vector<PJRT_NamedValue>& options) {
  for (size_t i = 0; i < options.size(); i++) {
    GIRIH_STRUCT(PJRT_NamedValue, o);
    o.name = at<const char>(at<int64_t>(names)[i]);
    o.name_size = strlen(o.name);
    int64_t value = at<int64_t>(values)[i];
    o.value_size = 1;
    switch (at<int64_t>(kinds)[i]) {
      case 0:
        o.type = PJRT_NamedValue_kString;
        o.string_value = at<const char>(value);
        o.value_size = strlen(o.string_value);
        break;
      case 1:
        o.type = PJRT_NamedValue_kInt64;
        o.int64_value = value;
        break;
      case 2:
        o.type = PJRT_NamedValue_kBool;
        o.bool_value = value != 0;
        break;
      default: {
        o.type = PJRT_NamedValue_kFloat;
        uint32_t bits = static_cast<uint32_t>(value);
        memcpy(&o.float_value, &bits, sizeof bits);
      }
    }
    options[i] = o;
  }
}

// Options as in named_values(). out: client.
inline int64_t client_create(int64_t api, int64_t names, int64_t values, int64_t kinds,
                             int64_t count, int64_t out) {
  return guarded([&]() -> int64_t {
    const PJRT_Api* a = at<const PJRT_Api>(api);
    std::vector<PJRT_NamedValue> options(static_cast<size_t>(count));
    named_values(names, values, kinds, options);
    GIRIH_ARGS(PJRT_Client_Create, args);
    args.create_options = options.data();
    args.num_options = options.size();
    GIRIH_CALL(a, PJRT_Client_Create, args);
    if (!args.client) return fail(PJRT_Error_Code_INTERNAL, "the plugin gave no client");
    at<int64_t>(out)[0] = address(args.client);
    return 0;
  });
}

GIRIH_DEFINE(client_destroy, PJRT_Client_Destroy, client)
GIRIH_DEFINE(buffer_destroy, PJRT_Buffer_Destroy, buffer)
// Frees the memory of a buffer whose handle lives on.
GIRIH_DEFINE(buffer_delete, PJRT_Buffer_Delete, buffer)

// out: platform name and its length, platform version and its length, device array and its length.
inline int64_t client_describe(int64_t api, int64_t client, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, PJRT_Client_PlatformName, name, client, client);
    o[0] = address(name.platform_name);
    o[1] = static_cast<int64_t>(name.platform_name_size);
    GIRIH_ON(api, PJRT_Client_PlatformVersion, version, client, client);
    o[2] = address(version.platform_version);
    o[3] = static_cast<int64_t>(version.platform_version_size);
    GIRIH_ON(api, PJRT_Client_AddressableDevices, devices, client, client);
    o[4] = address(devices.addressable_devices);
    o[5] = static_cast<int64_t>(devices.num_addressable_devices);
    return 0;
  });
}

// out: the description of the device.
inline int64_t device_description(int64_t api, int64_t device, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Device_GetDescription, args, device, device);
    at<int64_t>(out)[0] = address(args.device_description);
    return 0;
  });
}

// out: id, kind and its length, index of the process, coordinates (int64_t array) and their number,
// core on the chip or -1. A plugin gives coordinates and core as attributes, or not at all.
inline int64_t description_read(int64_t api, int64_t description, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, PJRT_DeviceDescription_Id, id, device_description, description);
    o[0] = id.id;
    GIRIH_ON(api, PJRT_DeviceDescription_Kind, kind, device_description, description);
    o[1] = address(kind.device_kind);
    o[2] = static_cast<int64_t>(kind.device_kind_size);
    GIRIH_ON(api, PJRT_DeviceDescription_ProcessIndex, process, device_description, description);
    o[3] = process.process_index;
    o[4] = o[5] = 0;
    o[6] = -1;
    GIRIH_ON(api, PJRT_DeviceDescription_Attributes, all, device_description, description);
    for (size_t i = 0; i < all.num_attributes; i++) {
      const PJRT_NamedValue& a = all.attributes[i];
      const std::string name(a.name, a.name_size);
      if (name == "coords" && a.type == PJRT_NamedValue_kInt64List) {
        o[4] = address(a.int64_array_value);
        o[5] = static_cast<int64_t>(a.value_size);
      } else if (name == "core_on_chip" && a.type == PJRT_NamedValue_kInt64) {
        o[6] = a.int64_value;
      }
    }
    return 0;
  });
}

// Describes devices that need not be there. Options as in named_values(). out: topology.
inline int64_t topology_create(int64_t api, int64_t name, int64_t names, int64_t values,
                               int64_t kinds, int64_t count, int64_t out) {
  return guarded([&]() -> int64_t {
    const PJRT_Api* a = at<const PJRT_Api>(api);
    std::vector<PJRT_NamedValue> options(static_cast<size_t>(count));
    named_values(names, values, kinds, options);
    GIRIH_ARGS(PJRT_TopologyDescription_Create, args);
    args.topology_name = at<const char>(name);
    args.topology_name_size = strlen(args.topology_name);
    args.create_options = options.data();
    args.num_options = options.size();
    GIRIH_CALL(a, PJRT_TopologyDescription_Create, args);
    if (!args.topology) return fail(PJRT_Error_Code_INTERNAL, "the plugin gave no topology");
    at<int64_t>(out)[0] = address(args.topology);
    return 0;
  });
}

GIRIH_DEFINE(topology_destroy, PJRT_TopologyDescription_Destroy, topology)

// out: platform name and its length, platform version and its length, descriptions and their
// number.
inline int64_t topology_read(int64_t api, int64_t topology, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, PJRT_TopologyDescription_PlatformName, name, topology, topology);
    o[0] = address(name.platform_name);
    o[1] = static_cast<int64_t>(name.platform_name_size);
    GIRIH_ON(api, PJRT_TopologyDescription_PlatformVersion, version, topology, topology);
    o[2] = address(version.platform_version);
    o[3] = static_cast<int64_t>(version.platform_version_size);
    GIRIH_ON(api, PJRT_TopologyDescription_GetDeviceDescriptions, all, topology, topology);
    o[4] = address(all.descriptions);
    o[5] = static_cast<int64_t>(all.num_descriptions);
    return 0;
  });
}

// out: bytes in use, peak bytes in use or -1, limit in bytes or -1.
inline int64_t device_memory(int64_t api, int64_t device, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, PJRT_Device_MemoryStats, args, device, device);
    o[0] = args.bytes_in_use;
    o[1] = args.peak_bytes_in_use_is_set ? args.peak_bytes_in_use : -1;
    o[2] = args.bytes_limit_is_set ? args.bytes_limit : -1;
    return 0;
  });
}

// Takes a loaded executable that the plugin gave. out: loaded executable, executable.
inline int64_t loaded(int64_t api, PJRT_LoadedExecutable* given, int64_t out) {
  if (!given) return fail(PJRT_Error_Code_INTERNAL, "the plugin gave no executable");
  int64_t handle = address(given);
  at<int64_t>(out)[0] = handle;
  at<int64_t>(out)[1] = 0;
  GIRIH_ON(api, PJRT_LoadedExecutable_GetExecutable, get, loaded_executable, handle);
  at<int64_t>(out)[1] = address(get.executable);
  return 0;
}

// Compiles a serialised HloModuleProto. out: loaded executable, executable.
inline int64_t compile(int64_t api, int64_t client, int64_t code, int64_t code_size,
                       int64_t options, int64_t options_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(client);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_STRUCT(PJRT_Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    program.format = "hlo";
    program.format_size = 3;
    GIRIH_ARGS(PJRT_Client_Compile, args);
    args.client = at<PJRT_Client>(client);
    args.program = &program;
    args.compile_options = at<const char>(options);
    args.compile_options_size = static_cast<size_t>(options_size);
    GIRIH_CALL(a, PJRT_Client_Compile, args);
    return loaded(api, args.executable, out);
  });
}

// Compiles a serialised HloModuleProto for the devices of a topology, without one of them.
// out: executable.
inline int64_t topology_compile(int64_t api, int64_t topology, int64_t code, int64_t code_size,
                                int64_t options, int64_t options_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(topology);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_STRUCT(PJRT_Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    program.format = "hlo";
    program.format_size = 3;
    GIRIH_ARGS(PJRT_Compile, args);
    args.topology = at<const PJRT_TopologyDescription>(topology);
    args.program = &program;
    args.compile_options = at<const char>(options);
    args.compile_options_size = static_cast<size_t>(options_size);
    GIRIH_CALL(a, PJRT_Compile, args);
    if (!args.executable) return fail(PJRT_Error_Code_INTERNAL, "the plugin gave no executable");
    at<int64_t>(out)[0] = address(args.executable);
    return 0;
  });
}

// Loads what executable_serialize() gave, in this or another process, with the options it was compiled
// with. The plugin trusts the bytes. out: loaded executable, executable.
inline int64_t load(int64_t api, int64_t client, int64_t code, int64_t code_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(client);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_ARGS(PJRT_Executable_DeserializeAndLoad, args);
    args.client = at<PJRT_Client>(client);
    args.serialized_executable = at<const char>(code);
    args.serialized_executable_size = static_cast<size_t>(code_size);
    GIRIH_CALL(a, PJRT_Executable_DeserializeAndLoad, args);
    return loaded(api, args.loaded_executable, out);
  });
}

// out: address and size of the bytes, what owns them, and the function that frees that.
inline int64_t executable_serialize(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Executable_Serialize, args, executable, executable);
    int64_t* o = at<int64_t>(out);
    o[0] = address(args.serialized_bytes);
    o[1] = static_cast<int64_t>(args.serialized_bytes_size);
    o[2] = address(args.serialized_executable);
    o[3] = static_cast<int64_t>(reinterpret_cast<intptr_t>(args.serialized_executable_deleter));
    return 0;
  });
}

// Frees what executable_serialize() gave.
inline void serialized_free(int64_t owner, int64_t deleter) {
  if (deleter) {
    reinterpret_cast<void (*)(PJRT_SerializedExecutable*)>(static_cast<intptr_t>(deleter))(
        at<PJRT_SerializedExecutable>(owner));
  }
}

// Destroys what compile() gave; either may be null.
inline int64_t executable_destroy(int64_t api, int64_t loaded, int64_t executable) {
  return guarded([&]() -> int64_t {
    if (executable) {
      GIRIH_ON(api, PJRT_Executable_Destroy, args, executable, executable);
    }
    if (loaded) {
      GIRIH_ON(api, PJRT_LoadedExecutable_Destroy, args, executable, loaded);
    }
    return 0;
  });
}

// out: number of results; their types (int array); dims, concatenated; ranks (size_t array).
inline int64_t executable_results(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, PJRT_Executable_NumOutputs, n, executable, executable);
    GIRIH_ON(api, PJRT_Executable_OutputElementTypes, types, executable, executable);
    GIRIH_ON(api, PJRT_Executable_OutputDimensions, dims, executable, executable);
    if (types.num_output_types != n.num_outputs || dims.num_outputs != n.num_outputs) {
      return fail(PJRT_Error_Code_UNIMPLEMENTED, "the results of the program are nested tuples");
    }
    o[0] = static_cast<int64_t>(n.num_outputs);
    o[1] = address(types.output_types);
    o[2] = address(dims.dims);
    o[3] = address(dims.dim_sizes);
    return 0;
  });
}

// The optimised program. With `code` null, out: format and its length, size of the code;
// otherwise the code is written there.
inline int64_t executable_optimized(int64_t api, int64_t executable, int64_t code,
                                    int64_t code_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(executable);
    GIRIH_STRUCT(PJRT_Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    GIRIH_ARGS(PJRT_Executable_OptimizedProgram, args);
    args.executable = at<PJRT_Executable>(executable);
    args.program = &program;
    GIRIH_CALL(at<const PJRT_Api>(api), PJRT_Executable_OptimizedProgram, args);
    int64_t* o = at<int64_t>(out);
    o[0] = address(program.format);
    o[1] = static_cast<int64_t>(program.format_size);
    o[2] = static_cast<int64_t>(program.code_size);
    return 0;
  });
}

// out: number of replicas, number of partitions.
inline int64_t executable_counts(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Executable_NumReplicas, replicas, executable, executable);
    GIRIH_ON(api, PJRT_Executable_NumPartitions, partitions, executable, executable);
    at<int64_t>(out)[0] = static_cast<int64_t>(replicas.num_replicas);
    at<int64_t>(out)[1] = static_cast<int64_t>(partitions.num_partitions);
    return 0;
  });
}

// out, all in bytes: arguments, results, results that alias arguments, temporaries, code, and the
// most that is in use at a time (0 where the plugin does not say).
inline int64_t executable_memory(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Executable_GetCompiledMemoryStats, args, executable, executable);
    int64_t* o = at<int64_t>(out);
    o[0] = args.argument_size_in_bytes;
    o[1] = args.output_size_in_bytes;
    o[2] = args.alias_size_in_bytes;
    o[3] = args.temp_size_in_bytes;
    o[4] = args.generated_code_size_in_bytes;
    o[5] = args.peak_memory_in_bytes;
    return 0;
  });
}

// out, three doubles: floating-point operations, transcendentals, bytes read and written. A plugin
// names no property that is zero; all are NaN where it names none.
inline int64_t executable_cost(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Executable_GetCostAnalysis, args, executable, executable);
    double* o = at<double>(out);
    o[0] = o[1] = o[2] = args.num_properties ? 0 : std::numeric_limits<double>::quiet_NaN();
    for (size_t i = 0; i < args.num_properties; i++) {
      const PJRT_NamedValue& p = args.properties[i];
      const std::string name(p.name, p.name_size);
      double* to = name == "flops" ? o : name == "transcendentals" ? o + 1
                 : name == "bytes accessed" ? o + 2 : nullptr;
      if (to && p.type == PJRT_NamedValue_kFloat) *to = p.float_value;
    }
    return 0;
  });
}

// Runs the executable on the device that it was compiled for. `arguments`: buffers, each checked
// for being alive here; `results`: place for the buffers of the results; `kept`: the numbers of
// arguments that are not given away although the module may take their memory.
inline int64_t execute(int64_t api, int64_t loaded, int64_t arguments, int64_t argument_count,
                       int64_t results, int64_t kept, int64_t kept_count) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(loaded);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    PJRT_Buffer* const* argument_list = at<PJRT_Buffer* const>(arguments);
    if (!GIRIH_HAS(a, PJRT_Buffer_IsDeleted)) return missing("PJRT_Buffer_IsDeleted");
    for (int64_t i = 0; i < argument_count; i++) {
      GIRIH_NOT_NULL(argument_list[i]);
      GIRIH_ARGS(PJRT_Buffer_IsDeleted, deleted);
      deleted.buffer = argument_list[i];
      if (PJRT_Error* error = a->PJRT_Buffer_IsDeleted(&deleted)) return take(a, error);
      if (deleted.is_deleted) {
        return fail(PJRT_Error_Code_INVALID_ARGUMENT,
                    "argument " + std::to_string(i) + " was donated or deleted");
      }
    }
    PJRT_Buffer** result_list = at<PJRT_Buffer*>(results);
    GIRIH_STRUCT(PJRT_ExecuteOptions, options);
    options.non_donatable_input_indices = at<const int64_t>(kept);
    options.num_non_donatable_input_indices = static_cast<size_t>(kept_count);
    GIRIH_ARGS(PJRT_LoadedExecutable_Execute, args);
    args.executable = at<PJRT_LoadedExecutable>(loaded);
    args.options = &options;
    args.argument_lists = &argument_list;
    args.num_devices = 1;
    args.num_args = static_cast<size_t>(argument_count);
    args.output_lists = &result_list;
    GIRIH_CALL(a, PJRT_LoadedExecutable_Execute, args);
    return 0;
  });
}

// Runs the executable on all the devices that it was compiled for. `arguments`: buffers, those of
// the first device first; `results`: place for the buffers of the results, in the same order.
inline int64_t execute_all(int64_t api, int64_t loaded, int64_t devices, int64_t arguments,
                           int64_t argument_count, int64_t results, int64_t result_count) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(loaded);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    PJRT_Buffer* const* in = at<PJRT_Buffer* const>(arguments);
    if (!GIRIH_HAS(a, PJRT_Buffer_IsDeleted)) return missing("PJRT_Buffer_IsDeleted");
    for (int64_t i = 0; i < devices * argument_count; i++) {
      GIRIH_NOT_NULL(in[i]);
      GIRIH_ARGS(PJRT_Buffer_IsDeleted, deleted);
      deleted.buffer = in[i];
      if (PJRT_Error* error = a->PJRT_Buffer_IsDeleted(&deleted)) return take(a, error);
      if (deleted.is_deleted) {
        return fail(PJRT_Error_Code_INVALID_ARGUMENT,
                    "argument " + std::to_string(i % argument_count) + " was donated or deleted");
      }
    }
    std::vector<PJRT_Buffer* const*> argument_lists;
    std::vector<PJRT_Buffer**> result_lists;
    for (int64_t d = 0; d < devices; d++) {
      argument_lists.push_back(in + d * argument_count);
      result_lists.push_back(at<PJRT_Buffer*>(results) + d * result_count);
    }
    GIRIH_STRUCT(PJRT_ExecuteOptions, options);
    GIRIH_ARGS(PJRT_LoadedExecutable_Execute, args);
    args.executable = at<PJRT_LoadedExecutable>(loaded);
    args.options = &options;
    args.argument_lists = argument_lists.data();
    args.num_devices = static_cast<size_t>(devices);
    args.num_args = static_cast<size_t>(argument_count);
    args.output_lists = result_lists.data();
    GIRIH_CALL(a, PJRT_LoadedExecutable_Execute, args);
    return 0;
  });
}

// Copies the dense row-major array at `data` to the device before it returns. out: buffer.
inline int64_t buffer_from_host(int64_t api, int64_t client, int64_t device, int64_t data,
                                int64_t type, int64_t dims, int64_t rank, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(client);
    GIRIH_NOT_NULL(device);
    GIRIH_NOT_NULL(data);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_ARGS(PJRT_Client_BufferFromHostBuffer, args);
    args.client = at<PJRT_Client>(client);
    args.device = at<PJRT_Device>(device);
    args.data = at<const void>(data);
    args.type = static_cast<PJRT_Buffer_Type>(type);
    args.dims = at<const int64_t>(dims);
    args.num_dims = static_cast<size_t>(rank);
    args.host_buffer_semantics = PJRT_HostBufferSemantics_kImmutableOnlyDuringCall;
    GIRIH_CALL(a, PJRT_Client_BufferFromHostBuffer, args);
    at<int64_t>(out)[0] = address(args.buffer);
    return settle(a, args.done_with_host_buffer);
  });
}

// out: 1 if its memory was given away (donated) or freed, else 0.
inline int64_t buffer_is_deleted(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Buffer_IsDeleted, args, buffer, buffer);
    at<int64_t>(out)[0] = args.is_deleted ? 1 : 0;
    return 0;
  });
}

// out: number of dimensions that are known only when the program has run.
inline int64_t buffer_dynamic(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Buffer_DynamicDimensionIndices, args, buffer, buffer);
    at<int64_t>(out)[0] = static_cast<int64_t>(args.num_dynamic_dims);
    return 0;
  });
}

// out: the dims that the data has (not their bounds) and their number.
inline int64_t buffer_dims(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, PJRT_Buffer_UnpaddedDimensions, args, buffer, buffer);
    at<int64_t>(out)[0] = address(args.unpadded_dims);
    at<int64_t>(out)[1] = static_cast<int64_t>(args.num_dims);
    return 0;
  });
}

// Waits until the data is there; fails as the execution that makes it failed.
inline int64_t buffer_await(int64_t api, int64_t buffer) {
  return guarded([&]() -> int64_t {
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_ON(api, PJRT_Buffer_ReadyEvent, args, buffer, buffer);
    return settle(a, args.event);
  });
}

// Copies the data to `target`, in the layout that `minor_to_major` states. With `target` null,
// out: the bytes that it takes.
inline int64_t buffer_to_host(int64_t api, int64_t buffer, int64_t minor_to_major, int64_t rank,
                              int64_t target, int64_t size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(buffer);
    const PJRT_Api* a = at<const PJRT_Api>(api);
    GIRIH_STRUCT(PJRT_Buffer_MemoryLayout, layout);
    layout.type = PJRT_Buffer_MemoryLayout_Type_Tiled;
    layout.tiled.struct_size = PJRT_Buffer_MemoryLayout_Tiled_STRUCT_SIZE;
    layout.tiled.minor_to_major = at<const int64_t>(minor_to_major);
    layout.tiled.minor_to_major_size = static_cast<size_t>(rank);
    GIRIH_ARGS(PJRT_Buffer_ToHostBuffer, args);
    args.src = at<PJRT_Buffer>(buffer);
    args.host_layout = &layout;
    args.dst = at<void>(target);
    args.dst_size = static_cast<size_t>(size);
    GIRIH_CALL(a, PJRT_Buffer_ToHostBuffer, args);
    at<int64_t>(out)[0] = static_cast<int64_t>(args.dst_size);
    return settle(a, args.event);
  });
}

}  // namespace girih
