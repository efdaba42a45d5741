// The binary interface of XLA's foreign functions, as far as the handlers here read it: the
// extension of a PJRT plugin that registers them, and the frame with which XLA calls one.
//
// Facts of the interface, the same in all versions that were seen (0.1 to 0.3): later ones add
// fields behind those that there are. What is not read is a filler.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "pjrt_abi.hpp"

namespace girih::ffi {

// What a plugin's table lists: a chain of extensions, each with its number.
struct PluginExtension {
  size_t struct_size;
  int32_t type;
  PluginExtension* next;
};

constexpr int32_t FOREIGN_FUNCTIONS = 5;

struct RegisterArgs {
  size_t struct_size;
  const char* target;
  size_t target_length;
  void* handler;
  const char* platform;
  size_t platform_length;
  int32_t traits;
};

// Where `traits` ends: later versions of the struct are longer, and earlier ones read no further.
constexpr size_t REGISTER_BYTES = 52;

struct FunctionsExtension {
  PluginExtension base;
  void* register_type;
  void* add_user_data;
  pjrt::Error* (*register_handler)(RegisterArgs*);
};

struct Extension {
  size_t struct_size;
  int32_t type;
  Extension* next;
};

constexpr int32_t METADATA = 1;

struct Version {
  size_t struct_size;
  Extension* extensions;
  int32_t major;
  int32_t minor;
};

struct Metadata {
  size_t struct_size;
  Version version;
  uint32_t traits;
};

// A handler is called with this once, to say which version it was made for.
struct MetadataExtension {
  Extension base;
  Metadata* metadata;
};

struct Error;

struct ErrorArgs {
  size_t struct_size;
  Extension* extensions;
  const char* message;
  int32_t code;
};

struct Api {
  size_t struct_size;
  Extension* extensions;
  Version version;
  void* internal;
  Error* (*create_error)(ErrorArgs*);
};

enum class Type : int32_t {
  PRED = 1,
  S8 = 2,
  S16 = 3,
  S32 = 4,
  S64 = 5,
  U8 = 6,
  U16 = 7,
  U32 = 8,
  U64 = 9,
  F16 = 10,
  F32 = 11,
  F64 = 12,
  C64 = 15,
  BF16 = 16,
  TOKEN = 17,
  C128 = 18,
};

struct Buffer {
  size_t struct_size;
  Extension* extensions;
  Type type;
  void* data;
  int64_t rank;
  int64_t* dims;
};

// Arguments and results.
struct Buffers {
  size_t struct_size;
  Extension* extensions;
  int64_t size;
  int32_t* kinds;
  Buffer** buffers;
};

struct Bytes {
  const char* data;
  size_t length;
};

struct Scalar {
  Type type;
  void* value;
};

constexpr int32_t ATTRIBUTE_SCALAR = 3;
constexpr int32_t ATTRIBUTE_STRING = 4;

struct Attributes {
  size_t struct_size;
  Extension* extensions;
  int64_t size;
  int32_t* kinds;
  Bytes** names;
  void** values;  // a Scalar, Bytes
};

struct Frame {
  size_t struct_size;
  Extension* extensions;
  const Api* api;
  void* context;
  int32_t stage;
  Buffers arguments;
  Buffers results;
  Attributes attributes;
};

using Handler = Error* (*)(Frame*);

}  // namespace girih::ffi
