// The binary interface of PJRT's C API, as far as the shim calls it: where the functions are in a
// plugin's table, and how the structs are laid out that they take.
//
// These are facts of the interface, version 0.81, which every later 0.x keeps: a plugin may add
// slots and fields behind those that there are, and moves none. What the shim does not use is a
// filler here. `AbiTest` compares all of it with the header of a plugin that comes with one.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace girih::pjrt {

// Objects that a plugin owns. Only their addresses are known.
struct Buffer;
struct Client;
struct Description;
struct Device;
struct Error;
struct Event;
struct Executable;
struct Loaded;
struct Serialized;
struct Topology;

// Every struct that is passed begins with its size, which is where its last field ends (`bytes`),
// without padding behind. Nothing is given as an extension.
struct Head {
  size_t struct_size;
  void* extensions;
};

// The slots of the function table that are called, by their place in it. The function that is here
// `Client_Create` is PJRT_Client_Create there, and takes a Client_Create_Args.
#define GIRIH_PJRT_SLOTS(slot)                        \
  slot(Error_Destroy, 0)                              \
  slot(Error_Message, 1)                              \
  slot(Error_GetCode, 2)                              \
  slot(Plugin_Initialize, 3)                          \
  slot(Event_Destroy, 5)                              \
  slot(Event_Await, 8)                                \
  slot(Client_Create, 10)                             \
  slot(Client_Destroy, 11)                            \
  slot(Client_PlatformName, 12)                       \
  slot(Client_PlatformVersion, 14)                    \
  slot(Client_AddressableDevices, 16)                 \
  slot(Client_Compile, 20)                            \
  slot(Client_BufferFromHostBuffer, 22)               \
  slot(DeviceDescription_Id, 23)                      \
  slot(DeviceDescription_ProcessIndex, 24)            \
  slot(DeviceDescription_Attributes, 25)              \
  slot(DeviceDescription_Kind, 26)                    \
  slot(Device_GetDescription, 29)                     \
  slot(Device_MemoryStats, 34)                        \
  slot(Executable_Destroy, 40)                        \
  slot(Executable_NumReplicas, 42)                    \
  slot(Executable_NumPartitions, 43)                  \
  slot(Executable_NumOutputs, 44)                     \
  slot(Executable_GetCostAnalysis, 46)                \
  slot(Executable_OptimizedProgram, 48)               \
  slot(Executable_Serialize, 49)                      \
  slot(LoadedExecutable_Destroy, 50)                  \
  slot(LoadedExecutable_GetExecutable, 51)            \
  slot(LoadedExecutable_Execute, 55)                  \
  slot(Executable_DeserializeAndLoad, 56)             \
  slot(Buffer_Destroy, 58)                            \
  slot(Buffer_UnpaddedDimensions, 61)                 \
  slot(Buffer_DynamicDimensionIndices, 62)            \
  slot(Buffer_Delete, 67)                             \
  slot(Buffer_IsDeleted, 68)                          \
  slot(Buffer_ToHostBuffer, 70)                       \
  slot(Buffer_ReadyEvent, 72)                         \
  slot(TopologyDescription_Create, 82)                \
  slot(TopologyDescription_Destroy, 83)               \
  slot(TopologyDescription_PlatformName, 84)          \
  slot(TopologyDescription_PlatformVersion, 85)       \
  slot(TopologyDescription_GetDeviceDescriptions, 86) \
  slot(Compile, 89)                                   \
  slot(Executable_OutputElementTypes, 90)             \
  slot(Executable_OutputDimensions, 91)               \
  slot(Executable_GetCompiledMemoryStats, 96)

enum Slot : size_t {
#define GIRIH_SLOT(name, number) name = number,
  GIRIH_PJRT_SLOTS(GIRIH_SLOT)
#undef GIRIH_SLOT
};

// Takes the struct of its name and gives an error or null. Those that destroy and read an error give
// nothing, so that what a call of them seems to return means nothing.
using Function = Error* (*)(void*);

// What GetPjrtApi gives. `struct_size` of the head says how much of the table there is.
struct Api {
  Head head;
  Head version_head;
  int32_t major;
  int32_t minor;
  Function functions[Executable_GetCompiledMemoryStats + 1];
};

enum class Code : int32_t {
  OK = 0,
  UNKNOWN = 2,
  INVALID_ARGUMENT = 3,
  NOT_FOUND = 5,
  RESOURCE_EXHAUSTED = 8,
  FAILED_PRECONDITION = 9,
  UNIMPLEMENTED = 12,
  INTERNAL = 13,
};

// --- shapes that several functions share ------------------------------------------------------------

// No more than the object.
template <typename Of>
struct Just {
  static constexpr size_t bytes = 24;
  Head head;
  Of* of;
};

// Gives a text that is not terminated.
template <typename Of>
struct Text {
  static constexpr size_t bytes = 40;
  Head head;
  Of* of;
  const char* text;
  size_t length;
};

template <typename Of>
struct Count {
  static constexpr size_t bytes = 32;
  Head head;
  Of* of;
  size_t count;
};

template <typename Of>
struct Number {
  static constexpr size_t bytes = 28;
  Head head;
  Of* of;
  int32_t number;
};

// Gives another object of an object.
template <typename Of, typename Other>
struct Get {
  static constexpr size_t bytes = 32;
  Head head;
  Of* of;
  Other* other;
};

// Gives an array, then its length.
template <typename Of, typename Item>
struct Items {
  static constexpr size_t bytes = 40;
  Head head;
  Of* of;
  Item* items;
  size_t count;
};

// Gives the length of an array, then the array.
template <typename Of, typename Item>
struct Counted {
  static constexpr size_t bytes = 40;
  Head head;
  Of* of;
  size_t count;
  Item* items;
};

// --- structs within others --------------------------------------------------------------------------

// A name with a value of one of five types.
struct NamedValue {
  static constexpr size_t bytes = 56;
  enum Type : int32_t { TEXT = 0, INT = 1, INTS = 2, FLOAT = 3, BOOL = 4 };
  Head head;
  const char* name;
  size_t name_length;
  Type type;
  union {
    const char* text;
    int64_t integer;
    const int64_t* integers;
    float real;
    bool truth;
  };
  size_t count;  // characters of a text, items of a list, 1 for others
};

// A module and what it is written in.
struct Program {
  static constexpr size_t bytes = 48;
  Head head;
  char* code;
  size_t code_size;
  const char* format;
  size_t format_length;
};

// Which dimension is next to which in memory.
struct Tiled {
  static constexpr size_t bytes = 56;
  Head head;
  const int64_t* minor_to_major;
  size_t rank;
  const void* tiles[3];  // none
};

struct Layout {
  static constexpr size_t bytes = 76;
  Head head;
  Tiled tiled;
  int32_t kind;  // 0: tiled
};

// --- errors and events ------------------------------------------------------------------------------

using Error_Destroy_Args = Just<Error>;
using Error_Message_Args = Text<Error>;

struct Error_GetCode_Args {
  static constexpr size_t bytes = 28;
  Head head;
  Error* of;
  Code code;
};

using Event_Destroy_Args = Just<Event>;
using Event_Await_Args = Just<Event>;

// --- plugin, client and devices ---------------------------------------------------------------------

struct Plugin_Initialize_Args {
  static constexpr size_t bytes = 16;
  Head head;
};

struct Client_Create_Args {
  static constexpr size_t bytes = 88;
  Head head;
  const NamedValue* options;
  size_t option_count;
  void* between_processes[4];
  Client* client;
  void* between_processes_too[2];
};

using Client_Destroy_Args = Just<Client>;
using Client_PlatformName_Args = Text<Client>;
using Client_PlatformVersion_Args = Text<Client>;
using Client_AddressableDevices_Args = Items<Client, Device* const>;
using Device_GetDescription_Args = Get<Device, Description>;
using DeviceDescription_Id_Args = Number<Description>;
using DeviceDescription_ProcessIndex_Args = Number<Description>;
using DeviceDescription_Attributes_Args = Counted<Description, const NamedValue>;
using DeviceDescription_Kind_Args = Text<Description>;

struct Device_MemoryStats_Args {
  static constexpr size_t bytes = 185;
  struct Figure {
    int64_t value;
    bool known;
  };
  Head head;
  Device* of;
  int64_t in_use;
  Figure peak;
  Figure allocations[2];
  Figure limit;
  Figure others[6];
};

// --- devices that need not be there -----------------------------------------------------------------

struct TopologyDescription_Create_Args {
  static constexpr size_t bytes = 56;
  Head head;
  const char* name;
  size_t name_length;
  const NamedValue* options;
  size_t option_count;
  Topology* topology;
};

using TopologyDescription_Destroy_Args = Just<Topology>;
using TopologyDescription_PlatformName_Args = Text<Topology>;
using TopologyDescription_PlatformVersion_Args = Text<Topology>;
using TopologyDescription_GetDeviceDescriptions_Args = Items<Topology, Description* const>;

// --- compilation ------------------------------------------------------------------------------------

struct Client_Compile_Args {
  static constexpr size_t bytes = 56;
  Head head;
  Client* client;
  const Program* program;
  const char* options;
  size_t options_size;
  Loaded* loaded;
};

struct Compile_Args {
  static constexpr size_t bytes = 64;
  Head head;
  const Topology* topology;
  const Program* program;
  const char* options;
  size_t options_size;
  Client* client;  // none
  Executable* executable;
};

struct Executable_DeserializeAndLoad_Args {
  static constexpr size_t bytes = 64;
  Head head;
  Client* client;
  const char* code;
  size_t code_size;
  Loaded* loaded;
  const char* other_options;  // none
  size_t other_options_size;
};

struct Executable_Serialize_Args {
  static constexpr size_t bytes = 56;
  Head head;
  Executable* of;
  const char* code;
  size_t code_size;
  Serialized* owner;
  void (*free)(Serialized*);
};

using Executable_Destroy_Args = Just<Executable>;
using LoadedExecutable_Destroy_Args = Just<Loaded>;
using LoadedExecutable_GetExecutable_Args = Get<Loaded, Executable>;
using Executable_NumReplicas_Args = Count<Executable>;
using Executable_NumPartitions_Args = Count<Executable>;
using Executable_NumOutputs_Args = Count<Executable>;
using Executable_GetCostAnalysis_Args = Counted<Executable, const NamedValue>;
using Executable_OptimizedProgram_Args = Get<Executable, Program>;
using Executable_OutputElementTypes_Args = Items<Executable, int32_t>;

struct Executable_OutputDimensions_Args {
  static constexpr size_t bytes = 48;
  Head head;
  Executable* of;
  size_t count;
  const int64_t* dims;  // of all results, one behind the other
  const size_t* ranks;
};

struct Executable_GetCompiledMemoryStats_Args {
  static constexpr size_t bytes = 112;
  Head head;
  Executable* of;
  int64_t code;
  int64_t arguments;
  int64_t results;
  int64_t aliased;
  int64_t temporaries;
  int64_t on_the_host[5];
  int64_t peak;
};

// --- buffers and execution --------------------------------------------------------------------------

struct Client_BufferFromHostBuffer_Args {
  static constexpr size_t bytes = 120;
  Head head;
  Client* client;
  const void* data;
  int32_t type;
  const int64_t* dims;
  size_t rank;
  const void* strides[2];  // none: dense
  int32_t semantics;       // 0: the data is not looked at once the call has returned
  Device* device;
  void* memory;    // the default
  Layout* layout;  // the default
  Event* done;
  Buffer* buffer;
};

using Buffer_Destroy_Args = Just<Buffer>;
using Buffer_Delete_Args = Just<Buffer>;
using Buffer_UnpaddedDimensions_Args = Items<Buffer, const int64_t>;
using Buffer_DynamicDimensionIndices_Args = Items<Buffer, const size_t>;
using Buffer_ReadyEvent_Args = Get<Buffer, Event>;

struct Buffer_IsDeleted_Args {
  static constexpr size_t bytes = 25;
  Head head;
  Buffer* of;
  bool deleted;
};

struct Buffer_ToHostBuffer_Args {
  static constexpr size_t bytes = 56;
  Head head;
  Buffer* of;
  Layout* layout;
  void* target;
  size_t size;
  Event* done;
};

struct ExecuteOptions {
  static constexpr size_t bytes = 112;
  Head head;
  void* transfers[4];
  int32_t launch;
  const int64_t* kept;  // numbers of arguments that are not donated
  size_t kept_count;
  void* others[5];
};

struct LoadedExecutable_Execute_Args {
  static constexpr size_t bytes = 80;
  Head head;
  Loaded* of;
  ExecuteOptions* options;
  Buffer* const* const* arguments;  // by device
  size_t device_count;
  size_t argument_count;
  Buffer** const* results;  // by device
  Event** done;             // none asked for
  Device* device;           // those that it was compiled for
};

}  // namespace girih::pjrt
