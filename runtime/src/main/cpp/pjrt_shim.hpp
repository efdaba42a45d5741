// The part of the PJRT C API that Girih calls, flattened to functions over 64-bit integers. How its
// structs and its function table are laid out is in pjrt_abi.hpp.
//
// JavaCPP generates the JNI side from org.girih.runtime.pjrt.Shim, whose native methods bear the
// names of the functions below. Conventions:
//  - every argument is an int64_t: a number, or the address of something; `api` is an Api*;
//  - a function returns 0, or the address of a Failure that the caller frees with failure_free;
//  - results are written to the int64_t array at `out`, in the order that each function states;
//  - strings go out as address and length and are not terminated; they live as long as what they
//    were asked of.
// Every Error and Event that a call returns is destroyed before the function returns.
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

#include "pjrt_abi.hpp"

namespace girih {

using namespace pjrt;

struct Failure {
  int64_t code;  // a Code
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
  static Failure failure{static_cast<int64_t>(Code::RESOURCE_EXHAUSTED), "out of memory"};
  return address(&failure);
}

inline int64_t fail(Code code, const std::string& message) noexcept {
  try {
    return address(new Failure{static_cast<int64_t>(code), message});
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
    return fail(Code::INTERNAL, e.what());
  } catch (...) {
    return fail(Code::INTERNAL, "the plugin threw an unknown C++ exception");
  }
}

// The table is long enough to hold `slot`, and it is filled.
inline bool has(const Api* api, Slot slot) {
  size_t end = offsetof(Api, functions) + (slot + 1) * sizeof(Function);
  return api->head.struct_size >= end && api->functions[slot];
}

// Declares a zeroed struct `name` that says its size.
#define GIRIH_STRUCT(type, name)                      \
  type name;                                          \
  memset(static_cast<void*>(&name), 0, sizeof(name)); \
  name.head.struct_size = type::bytes

// Declares zeroed arguments `name` for `function`.
#define GIRIH_ARGS(function, name) GIRIH_STRUCT(function##_Args, name)

// Calls a function of the table; leaves the enclosing one with a failure if there is one.
#define GIRIH_CALL(api, function, args)                                              \
  do {                                                                               \
    if (!has(api, function)) return missing("PJRT_" #function);                      \
    if (Error* error_ = (api)->functions[function](&args)) return take(api, error_); \
  } while (false)

// Calls `function` on the object `handle`.
#define GIRIH_ON(api, function, args, handle)                         \
  GIRIH_NOT_NULL(handle);                                             \
  GIRIH_ARGS(function, args);                                         \
  args.of = at<std::remove_pointer<decltype(args.of)>::type>(handle); \
  GIRIH_CALL(at<const Api>(api), function, args)

#define GIRIH_NOT_NULL(handle) \
  if ((handle) == 0) return fail(Code::INVALID_ARGUMENT, "null handle: " #handle)

// Defines `name`, which does no more than to call `function` on a handle.
#define GIRIH_DEFINE(name, function)                 \
  inline int64_t name(int64_t api, int64_t handle) { \
    return guarded([&]() -> int64_t {                \
      GIRIH_ON(api, function, args, handle);         \
      return 0;                                      \
    });                                              \
  }

inline int64_t missing(const char* function) {
  return fail(Code::UNIMPLEMENTED, std::string("the plugin has no ") + function);
}

// Turns `error` into a Failure and destroys it. The three slots are checked by initialize().
inline int64_t take(const Api* api, Error* error) {
  GIRIH_ARGS(Error_Message, m);
  m.of = error;
  api->functions[Error_Message](&m);
  std::string text(m.text ? m.text : "", m.text ? m.length : 0);
  GIRIH_ARGS(Error_GetCode, c);
  c.of = error;
  Error* nested = api->functions[Error_GetCode](&c);
  Code code = nested || c.code == Code::OK ? Code::UNKNOWN : c.code;
  for (Error* e : {nested, error}) {
    if (e) {
      GIRIH_ARGS(Error_Destroy, d);
      d.of = e;
      api->functions[Error_Destroy](&d);
    }
  }
  return fail(code, text);
}

// Destroys an event, done or not; null is none.
inline void drop(const Api* api, Event* event) {
  if (!event) return;
  GIRIH_ARGS(Event_Destroy, d);
  d.of = event;
  if (Error* error = api->functions[Event_Destroy](&d)) {
    GIRIH_ARGS(Error_Destroy, e);
    e.of = error;
    api->functions[Error_Destroy](&e);
  }
}

// Waits for an event, destroys it, and returns its failure; null is done without one.
inline int64_t settle(const Api* api, Event* event) {
  if (!event) return 0;
  GIRIH_ARGS(Event_Await, w);
  w.of = event;
  Error* error = api->functions[Event_Await](&w);
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
      return fail(Code::FAILED_PRECONDITION, why ? why : "dlopen failed");
    }
    auto get = reinterpret_cast<const Api* (*)()>(dlsym(library, "GetPjrtApi"));
    if (!get) return fail(Code::NOT_FOUND, "exports no GetPjrtApi");
    const Api* api = get();
    if (!api) return fail(Code::INTERNAL, "GetPjrtApi returned null");
    if (api->head.struct_size < offsetof(Api, functions)) {
      return fail(Code::INTERNAL, "its function table is too short to hold a version");
    }
    int64_t* o = at<int64_t>(out);
    o[0] = address(api);
    o[1] = api->major;
    o[2] = api->minor;
    return 0;
  });
}

// Checks the slots that every later call relies on, and sets the plugin up, once in a process.
inline int64_t initialize(int64_t api) {
  return guarded([&]() -> int64_t {
    static std::mutex mutex;
    static std::set<int64_t> done;
    const Api* a = at<const Api>(api);
    if (!has(a, Error_Destroy)) return missing("PJRT_Error_Destroy");
    if (!has(a, Error_Message)) return missing("PJRT_Error_Message");
    if (!has(a, Error_GetCode)) return missing("PJRT_Error_GetCode");
    if (!has(a, Event_Destroy)) return missing("PJRT_Event_Destroy");
    if (!has(a, Event_Await)) return missing("PJRT_Event_Await");
    std::lock_guard<std::mutex> lock(mutex);
    if (done.count(api)) return 0;
    GIRIH_ARGS(Plugin_Initialize, args);
    GIRIH_CALL(a, Plugin_Initialize, args);
    done.insert(api);
    return 0;
  });
}

// `names` and `values`: addresses of terminated strings, `kinds`: 0 where the value is a string,
// 1 where the value is an integer itself, 2 a bool, 3 the bits of a float. Fills `options`.
inline void named_values(int64_t names, int64_t values, int64_t kinds,
                         std::vector<NamedValue>& options) {
  for (size_t i = 0; i < options.size(); i++) {
    GIRIH_STRUCT(NamedValue, o);
    o.name = at<const char>(at<int64_t>(names)[i]);
    o.name_length = strlen(o.name);
    int64_t value = at<int64_t>(values)[i];
    o.count = 1;
    switch (at<int64_t>(kinds)[i]) {
      case 0:
        o.type = NamedValue::TEXT;
        o.text = at<const char>(value);
        o.count = strlen(o.text);
        break;
      case 1:
        o.type = NamedValue::INT;
        o.integer = value;
        break;
      case 2:
        o.type = NamedValue::BOOL;
        o.truth = value != 0;
        break;
      default: {
        o.type = NamedValue::FLOAT;
        uint32_t bits = static_cast<uint32_t>(value);
        memcpy(&o.real, &bits, sizeof bits);
      }
    }
    options[i] = o;
  }
}

// Options as in named_values(). out: client.
inline int64_t client_create(int64_t api, int64_t names, int64_t values, int64_t kinds,
                             int64_t count, int64_t out) {
  return guarded([&]() -> int64_t {
    const Api* a = at<const Api>(api);
    std::vector<NamedValue> options(static_cast<size_t>(count));
    named_values(names, values, kinds, options);
    GIRIH_ARGS(Client_Create, args);
    args.options = options.data();
    args.option_count = options.size();
    GIRIH_CALL(a, Client_Create, args);
    if (!args.client) return fail(Code::INTERNAL, "the plugin gave no client");
    at<int64_t>(out)[0] = address(args.client);
    return 0;
  });
}

GIRIH_DEFINE(client_destroy, Client_Destroy)
GIRIH_DEFINE(buffer_destroy, Buffer_Destroy)
// Frees the memory of a buffer whose handle lives on.
GIRIH_DEFINE(buffer_delete, Buffer_Delete)

// out: platform name and its length, platform version and its length, device array and its length.
inline int64_t client_describe(int64_t api, int64_t client, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, Client_PlatformName, name, client);
    o[0] = address(name.text);
    o[1] = static_cast<int64_t>(name.length);
    GIRIH_ON(api, Client_PlatformVersion, version, client);
    o[2] = address(version.text);
    o[3] = static_cast<int64_t>(version.length);
    GIRIH_ON(api, Client_AddressableDevices, devices, client);
    o[4] = address(devices.items);
    o[5] = static_cast<int64_t>(devices.count);
    return 0;
  });
}

// out: the description of the device.
inline int64_t device_description(int64_t api, int64_t device, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Device_GetDescription, args, device);
    at<int64_t>(out)[0] = address(args.other);
    return 0;
  });
}

// out: id, kind and its length, index of the process, coordinates (int64_t array) and their number,
// core on the chip or -1. A plugin gives coordinates and core as attributes, or not at all.
inline int64_t description_read(int64_t api, int64_t description, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, DeviceDescription_Id, id, description);
    o[0] = id.number;
    GIRIH_ON(api, DeviceDescription_Kind, kind, description);
    o[1] = address(kind.text);
    o[2] = static_cast<int64_t>(kind.length);
    GIRIH_ON(api, DeviceDescription_ProcessIndex, process, description);
    o[3] = process.number;
    o[4] = o[5] = 0;
    o[6] = -1;
    GIRIH_ON(api, DeviceDescription_Attributes, all, description);
    for (size_t i = 0; i < all.count; i++) {
      const NamedValue& a = all.items[i];
      const std::string name(a.name, a.name_length);
      if (name == "coords" && a.type == NamedValue::INTS) {
        o[4] = address(a.integers);
        o[5] = static_cast<int64_t>(a.count);
      } else if (name == "core_on_chip" && a.type == NamedValue::INT) {
        o[6] = a.integer;
      }
    }
    return 0;
  });
}

// Describes devices that need not be there. Options as in named_values(). out: topology.
inline int64_t topology_create(int64_t api, int64_t name, int64_t names, int64_t values,
                               int64_t kinds, int64_t count, int64_t out) {
  return guarded([&]() -> int64_t {
    const Api* a = at<const Api>(api);
    std::vector<NamedValue> options(static_cast<size_t>(count));
    named_values(names, values, kinds, options);
    GIRIH_ARGS(TopologyDescription_Create, args);
    args.name = at<const char>(name);
    args.name_length = strlen(args.name);
    args.options = options.data();
    args.option_count = options.size();
    GIRIH_CALL(a, TopologyDescription_Create, args);
    if (!args.topology) return fail(Code::INTERNAL, "the plugin gave no topology");
    at<int64_t>(out)[0] = address(args.topology);
    return 0;
  });
}

GIRIH_DEFINE(topology_destroy, TopologyDescription_Destroy)

// out: platform name and its length, platform version and its length, descriptions and their
// number.
inline int64_t topology_read(int64_t api, int64_t topology, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, TopologyDescription_PlatformName, name, topology);
    o[0] = address(name.text);
    o[1] = static_cast<int64_t>(name.length);
    GIRIH_ON(api, TopologyDescription_PlatformVersion, version, topology);
    o[2] = address(version.text);
    o[3] = static_cast<int64_t>(version.length);
    GIRIH_ON(api, TopologyDescription_GetDeviceDescriptions, all, topology);
    o[4] = address(all.items);
    o[5] = static_cast<int64_t>(all.count);
    return 0;
  });
}

// out: bytes in use, peak bytes in use or -1, limit in bytes or -1.
inline int64_t device_memory(int64_t api, int64_t device, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, Device_MemoryStats, args, device);
    o[0] = args.in_use;
    o[1] = args.peak.known ? args.peak.value : -1;
    o[2] = args.limit.known ? args.limit.value : -1;
    return 0;
  });
}

// Takes a loaded executable that the plugin gave. out: loaded executable, executable.
inline int64_t loaded(int64_t api, Loaded* given, int64_t out) {
  if (!given) return fail(Code::INTERNAL, "the plugin gave no executable");
  int64_t handle = address(given);
  at<int64_t>(out)[0] = handle;
  at<int64_t>(out)[1] = 0;
  GIRIH_ON(api, LoadedExecutable_GetExecutable, get, handle);
  at<int64_t>(out)[1] = address(get.other);
  return 0;
}

// Compiles a serialised HloModuleProto. out: loaded executable, executable.
inline int64_t compile(int64_t api, int64_t client, int64_t code, int64_t code_size,
                       int64_t options, int64_t options_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(client);
    const Api* a = at<const Api>(api);
    GIRIH_STRUCT(Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    program.format = "hlo";
    program.format_length = 3;
    GIRIH_ARGS(Client_Compile, args);
    args.client = at<Client>(client);
    args.program = &program;
    args.options = at<const char>(options);
    args.options_size = static_cast<size_t>(options_size);
    GIRIH_CALL(a, Client_Compile, args);
    return loaded(api, args.loaded, out);
  });
}

// Compiles a serialised HloModuleProto for the devices of a topology, without one of them.
// out: executable.
inline int64_t topology_compile(int64_t api, int64_t topology, int64_t code, int64_t code_size,
                                int64_t options, int64_t options_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(topology);
    const Api* a = at<const Api>(api);
    GIRIH_STRUCT(Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    program.format = "hlo";
    program.format_length = 3;
    GIRIH_ARGS(Compile, args);
    args.topology = at<const Topology>(topology);
    args.program = &program;
    args.options = at<const char>(options);
    args.options_size = static_cast<size_t>(options_size);
    GIRIH_CALL(a, Compile, args);
    if (!args.executable) return fail(Code::INTERNAL, "the plugin gave no executable");
    at<int64_t>(out)[0] = address(args.executable);
    return 0;
  });
}

// Loads what executable_serialize() gave, in this or another process, with the options it was compiled
// with. The plugin trusts the bytes. out: loaded executable, executable.
inline int64_t load(int64_t api, int64_t client, int64_t code, int64_t code_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(client);
    const Api* a = at<const Api>(api);
    GIRIH_ARGS(Executable_DeserializeAndLoad, args);
    args.client = at<Client>(client);
    args.code = at<const char>(code);
    args.code_size = static_cast<size_t>(code_size);
    GIRIH_CALL(a, Executable_DeserializeAndLoad, args);
    return loaded(api, args.loaded, out);
  });
}

// out: address and size of the bytes, what owns them, and the function that frees that.
inline int64_t executable_serialize(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Executable_Serialize, args, executable);
    int64_t* o = at<int64_t>(out);
    o[0] = address(args.code);
    o[1] = static_cast<int64_t>(args.code_size);
    o[2] = address(args.owner);
    o[3] = static_cast<int64_t>(reinterpret_cast<intptr_t>(args.free));
    return 0;
  });
}

// Frees what executable_serialize() gave.
inline void serialized_free(int64_t owner, int64_t deleter) {
  if (deleter) {
    reinterpret_cast<void (*)(Serialized*)>(static_cast<intptr_t>(deleter))(
        at<Serialized>(owner));
  }
}

// Destroys what compile() gave; either may be null.
inline int64_t executable_destroy(int64_t api, int64_t loaded, int64_t executable) {
  return guarded([&]() -> int64_t {
    if (executable) {
      GIRIH_ON(api, Executable_Destroy, args, executable);
    }
    if (loaded) {
      GIRIH_ON(api, LoadedExecutable_Destroy, args, loaded);
    }
    return 0;
  });
}

// out: number of results; their types (int array); dims, concatenated; ranks (size_t array).
inline int64_t executable_results(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    int64_t* o = at<int64_t>(out);
    GIRIH_ON(api, Executable_NumOutputs, n, executable);
    GIRIH_ON(api, Executable_OutputElementTypes, types, executable);
    GIRIH_ON(api, Executable_OutputDimensions, dims, executable);
    if (types.count != n.count || dims.count != n.count) {
      return fail(Code::UNIMPLEMENTED, "the results of the program are nested tuples");
    }
    o[0] = static_cast<int64_t>(n.count);
    o[1] = address(types.items);
    o[2] = address(dims.dims);
    o[3] = address(dims.ranks);
    return 0;
  });
}

// The optimised program. With `code` null, out: format and its length, size of the code;
// otherwise the code is written there.
inline int64_t executable_optimized(int64_t api, int64_t executable, int64_t code,
                                    int64_t code_size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(executable);
    GIRIH_STRUCT(Program, program);
    program.code = at<char>(code);
    program.code_size = static_cast<size_t>(code_size);
    GIRIH_ARGS(Executable_OptimizedProgram, args);
    args.of = at<Executable>(executable);
    args.other = &program;
    GIRIH_CALL(at<const Api>(api), Executable_OptimizedProgram, args);
    int64_t* o = at<int64_t>(out);
    o[0] = address(program.format);
    o[1] = static_cast<int64_t>(program.format_length);
    o[2] = static_cast<int64_t>(program.code_size);
    return 0;
  });
}

// out: number of replicas, number of partitions.
inline int64_t executable_counts(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Executable_NumReplicas, replicas, executable);
    GIRIH_ON(api, Executable_NumPartitions, partitions, executable);
    at<int64_t>(out)[0] = static_cast<int64_t>(replicas.count);
    at<int64_t>(out)[1] = static_cast<int64_t>(partitions.count);
    return 0;
  });
}

// out, all in bytes: arguments, results, results that alias arguments, temporaries, code, and the
// most that is in use at a time (0 where the plugin does not say).
inline int64_t executable_memory(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Executable_GetCompiledMemoryStats, args, executable);
    int64_t* o = at<int64_t>(out);
    o[0] = args.arguments;
    o[1] = args.results;
    o[2] = args.aliased;
    o[3] = args.temporaries;
    o[4] = args.code;
    o[5] = args.peak;
    return 0;
  });
}

// out, three doubles: floating-point operations, transcendentals, bytes read and written. A plugin
// names no property that is zero; all are NaN where it names none.
inline int64_t executable_cost(int64_t api, int64_t executable, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Executable_GetCostAnalysis, args, executable);
    double* o = at<double>(out);
    o[0] = o[1] = o[2] = args.count ? 0 : std::numeric_limits<double>::quiet_NaN();
    for (size_t i = 0; i < args.count; i++) {
      const NamedValue& p = args.items[i];
      const std::string name(p.name, p.name_length);
      double* to = name == "flops" ? o : name == "transcendentals" ? o + 1
                 : name == "bytes accessed" ? o + 2 : nullptr;
      if (to && p.type == NamedValue::FLOAT) *to = p.real;
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
    const Api* a = at<const Api>(api);
    Buffer* const* argument_list = at<Buffer* const>(arguments);
    if (!has(a, Buffer_IsDeleted)) return missing("PJRT_Buffer_IsDeleted");
    for (int64_t i = 0; i < argument_count; i++) {
      GIRIH_NOT_NULL(argument_list[i]);
      GIRIH_ARGS(Buffer_IsDeleted, deleted);
      deleted.of = argument_list[i];
      if (Error* error = a->functions[Buffer_IsDeleted](&deleted)) return take(a, error);
      if (deleted.deleted) {
        return fail(Code::INVALID_ARGUMENT,
                    "argument " + std::to_string(i) + " was donated or deleted");
      }
    }
    Buffer** result_list = at<Buffer*>(results);
    GIRIH_STRUCT(ExecuteOptions, options);
    options.kept = at<const int64_t>(kept);
    options.kept_count = static_cast<size_t>(kept_count);
    GIRIH_ARGS(LoadedExecutable_Execute, args);
    args.of = at<Loaded>(loaded);
    args.options = &options;
    args.arguments = &argument_list;
    args.device_count = 1;
    args.argument_count = static_cast<size_t>(argument_count);
    args.results = &result_list;
    GIRIH_CALL(a, LoadedExecutable_Execute, args);
    return 0;
  });
}

// Runs the executable on all the devices that it was compiled for. `arguments`: buffers, those of
// the first device first; `results`: place for the buffers of the results, in the same order.
inline int64_t execute_all(int64_t api, int64_t loaded, int64_t devices, int64_t arguments,
                           int64_t argument_count, int64_t results, int64_t result_count) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(loaded);
    const Api* a = at<const Api>(api);
    Buffer* const* in = at<Buffer* const>(arguments);
    if (!has(a, Buffer_IsDeleted)) return missing("PJRT_Buffer_IsDeleted");
    for (int64_t i = 0; i < devices * argument_count; i++) {
      GIRIH_NOT_NULL(in[i]);
      GIRIH_ARGS(Buffer_IsDeleted, deleted);
      deleted.of = in[i];
      if (Error* error = a->functions[Buffer_IsDeleted](&deleted)) return take(a, error);
      if (deleted.deleted) {
        return fail(Code::INVALID_ARGUMENT,
                    "argument " + std::to_string(i % argument_count) + " was donated or deleted");
      }
    }
    std::vector<Buffer* const*> argument_lists;
    std::vector<Buffer**> result_lists;
    for (int64_t d = 0; d < devices; d++) {
      argument_lists.push_back(in + d * argument_count);
      result_lists.push_back(at<Buffer*>(results) + d * result_count);
    }
    GIRIH_STRUCT(ExecuteOptions, options);
    GIRIH_ARGS(LoadedExecutable_Execute, args);
    args.of = at<Loaded>(loaded);
    args.options = &options;
    args.arguments = argument_lists.data();
    args.device_count = static_cast<size_t>(devices);
    args.argument_count = static_cast<size_t>(argument_count);
    args.results = result_lists.data();
    GIRIH_CALL(a, LoadedExecutable_Execute, args);
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
    const Api* a = at<const Api>(api);
    GIRIH_ARGS(Client_BufferFromHostBuffer, args);
    args.client = at<Client>(client);
    args.device = at<Device>(device);
    args.data = at<const void>(data);
    args.type = static_cast<int32_t>(type);
    args.dims = at<const int64_t>(dims);
    args.rank = static_cast<size_t>(rank);
    GIRIH_CALL(a, Client_BufferFromHostBuffer, args);
    at<int64_t>(out)[0] = address(args.buffer);
    return settle(a, args.done);
  });
}

// out: 1 if its memory was given away (donated) or freed, else 0.
inline int64_t buffer_is_deleted(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Buffer_IsDeleted, args, buffer);
    at<int64_t>(out)[0] = args.deleted ? 1 : 0;
    return 0;
  });
}

// out: number of dimensions that are known only when the program has run.
inline int64_t buffer_dynamic(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Buffer_DynamicDimensionIndices, args, buffer);
    at<int64_t>(out)[0] = static_cast<int64_t>(args.count);
    return 0;
  });
}

// out: the dims that the data has (not their bounds) and their number.
inline int64_t buffer_dims(int64_t api, int64_t buffer, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_ON(api, Buffer_UnpaddedDimensions, args, buffer);
    at<int64_t>(out)[0] = address(args.items);
    at<int64_t>(out)[1] = static_cast<int64_t>(args.count);
    return 0;
  });
}

// Waits until the data is there; fails as the execution that makes it failed.
inline int64_t buffer_await(int64_t api, int64_t buffer) {
  return guarded([&]() -> int64_t {
    const Api* a = at<const Api>(api);
    GIRIH_ON(api, Buffer_ReadyEvent, args, buffer);
    return settle(a, args.other);
  });
}

// Copies the data to `target`, in the layout that `minor_to_major` states. With `target` null,
// out: the bytes that it takes.
inline int64_t buffer_to_host(int64_t api, int64_t buffer, int64_t minor_to_major, int64_t rank,
                              int64_t target, int64_t size, int64_t out) {
  return guarded([&]() -> int64_t {
    GIRIH_NOT_NULL(buffer);
    const Api* a = at<const Api>(api);
    GIRIH_STRUCT(Layout, layout);
    layout.tiled.head.struct_size = Tiled::bytes;
    layout.tiled.minor_to_major = at<const int64_t>(minor_to_major);
    layout.tiled.rank = static_cast<size_t>(rank);
    GIRIH_ARGS(Buffer_ToHostBuffer, args);
    args.of = at<Buffer>(buffer);
    args.layout = &layout;
    args.target = at<void>(target);
    args.size = static_cast<size_t>(size);
    GIRIH_CALL(a, Buffer_ToHostBuffer, args);
    at<int64_t>(out)[0] = static_cast<int64_t>(args.size);
    return settle(a, args.done);
  });
}

}  // namespace girih
