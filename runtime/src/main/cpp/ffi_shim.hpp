// Functions that a compiled program calls, by XLA's foreign functions. They are registered with a
// plugin by name, and are called on threads of the plugin's, while the program runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>

#include "ffi_abi.hpp"
#include "pjrt_shim.hpp"

namespace girih {

// The version that handlers say they were made for. A plugin takes its own version only, so that a
// registration is tried with each.
inline int32_t& claimed_minor() {
  static thread_local int32_t minor = 0;
  return minor;
}

constexpr int32_t NEWEST_MINOR = 8;

// Answers the question which version a handler was made for; returns whether it was asked.
inline bool told_version(ffi::Frame* frame) {
  ffi::Extension* extension = frame->extensions;
  if (!extension || extension->type != ffi::METADATA) return false;
  ffi::Metadata* metadata = reinterpret_cast<ffi::MetadataExtension*>(extension)->metadata;
  metadata->version.major = 0;
  metadata->version.minor = claimed_minor();
  metadata->traits = 0;
  return true;
}

inline ffi::Error* refuse(ffi::Frame* frame, const char* message) {
  ffi::ErrorArgs args{sizeof(ffi::ErrorArgs), nullptr, message, static_cast<int32_t>(Code::INTERNAL)};
  return frame->api->create_error(&args);
}

inline int64_t bytes_of(ffi::Type type) {
  switch (type) {
    case ffi::Type::PRED:
    case ffi::Type::S8:
    case ffi::Type::U8:
      return 1;
    case ffi::Type::S16:
    case ffi::Type::U16:
    case ffi::Type::F16:
    case ffi::Type::BF16:
      return 2;
    case ffi::Type::S32:
    case ffi::Type::U32:
    case ffi::Type::F32:
      return 4;
    case ffi::Type::S64:
    case ffi::Type::U64:
    case ffi::Type::F64:
    case ffi::Type::C64:
      return 8;
    case ffi::Type::C128:
      return 16;
    case ffi::Type::TOKEN:
      return 0;
  }
  return 0;
}

inline int64_t elements(const ffi::Buffer& buffer) {
  int64_t n = 1;
  for (int64_t i = 0; i < buffer.rank; i++) n *= buffer.dims[i];
  return n;
}

// --- values that a program prints while it runs ---------------------------------------------------

// What one call prints: numbers (the lanes, the number of arrays, then for each its type, rank, sizes
// and bytes), the text, and the arrays' bytes one after the other.
struct Printed {
  std::vector<int64_t> numbers;
  std::string text;
  std::string bytes;
};

// Calls that are not read yet, in order. A program that prints more than is read waits.
struct PrintQueue {
  static constexpr size_t MOST_BYTES = 64 << 20;
  std::mutex lock;
  std::condition_variable changed;
  std::deque<Printed> calls;
  size_t bytes = 0;
  int64_t added = 0;
};

inline PrintQueue& print_queue() {
  static PrintQueue* queue = new PrintQueue();
  return *queue;
}

// The handler of `girih.print`: the last operand orders calls and is the result, the others are
// printed. Attributes: `lanes`, a number, and `text`.
inline ffi::Error* print(ffi::Frame* frame) {
  if (told_version(frame)) return nullptr;
  try {
    Printed printed;
    int64_t lanes = 0;
    for (int64_t i = 0; i < frame->attributes.size; i++) {
      std::string name(frame->attributes.names[i]->data, frame->attributes.names[i]->length);
      if (name == "lanes") {
        lanes = *static_cast<int64_t*>(static_cast<ffi::Scalar*>(frame->attributes.values[i])->value);
      } else if (name == "text") {
        auto* text = static_cast<ffi::Bytes*>(frame->attributes.values[i]);
        printed.text.assign(text->data, text->length);
      }
    }
    int64_t count = frame->arguments.size - 1;
    printed.numbers.push_back(lanes);
    printed.numbers.push_back(count);
    for (int64_t i = 0; i < count; i++) {
      const ffi::Buffer& buffer = *frame->arguments.buffers[i];
      int64_t bytes = elements(buffer) * bytes_of(buffer.type);
      printed.numbers.push_back(static_cast<int64_t>(buffer.type));
      printed.numbers.push_back(buffer.rank);
      for (int64_t d = 0; d < buffer.rank; d++) printed.numbers.push_back(buffer.dims[d]);
      printed.numbers.push_back(bytes);
      printed.bytes.append(static_cast<const char*>(buffer.data), bytes);
    }
    memcpy(frame->results.buffers[0]->data, frame->arguments.buffers[count]->data, sizeof(uint32_t));
    PrintQueue& queue = print_queue();
    std::unique_lock<std::mutex> hold(queue.lock);
    queue.changed.wait(hold, [&] { return queue.bytes <= PrintQueue::MOST_BYTES; });
    queue.bytes += printed.bytes.size() + printed.text.size();
    queue.added++;
    queue.calls.push_back(std::move(printed));
    queue.changed.notify_all();
    return nullptr;
  } catch (const std::bad_alloc&) {
    return refuse(frame, "no memory for what the program prints");
  }
}

// Waits for a call that prints, at most so many milliseconds.
// out: the call, or 0; then numbers, their count, text, its length, bytes, their count.
inline int64_t printed_take(int64_t milliseconds, int64_t out) {
  return guarded([&]() -> int64_t {
    PrintQueue& queue = print_queue();
    int64_t* o = at<int64_t>(out);
    std::unique_lock<std::mutex> hold(queue.lock);
    queue.changed.wait_for(hold, std::chrono::milliseconds(milliseconds),
                           [&] { return !queue.calls.empty(); });
    if (queue.calls.empty()) {
      o[0] = 0;
      return 0;
    }
    auto* printed = new Printed(std::move(queue.calls.front()));
    queue.calls.pop_front();
    queue.bytes -= printed->bytes.size() + printed->text.size();
    queue.changed.notify_all();
    o[0] = address(printed);
    o[1] = address(printed->numbers.data());
    o[2] = static_cast<int64_t>(printed->numbers.size());
    o[3] = address(printed->text.data());
    o[4] = static_cast<int64_t>(printed->text.size());
    o[5] = address(printed->bytes.data());
    o[6] = static_cast<int64_t>(printed->bytes.size());
    return 0;
  });
}

inline void printed_free(int64_t printed) { delete at<Printed>(printed); }

// How many calls have printed something in this process.
inline int64_t printed_count() {
  PrintQueue& queue = print_queue();
  std::unique_lock<std::mutex> hold(queue.lock);
  return queue.added;
}

// --- registration ---------------------------------------------------------------------------------

// Registers a handler under a name, for a platform, with a plugin; both names are terminated.
// UNIMPLEMENTED if the plugin takes none.
inline int64_t register_handler(const Api* api, const char* target, const char* platform,
                                ffi::Handler handler) {
  auto* extension = static_cast<ffi::PluginExtension*>(api->head.extensions);
  while (extension && extension->type != ffi::FOREIGN_FUNCTIONS) extension = extension->next;
  if (!extension) return fail(Code::UNIMPLEMENTED, "the plugin takes no foreign functions");
  auto* functions = reinterpret_cast<ffi::FunctionsExtension*>(extension);
  // Whether a version is the plugin's own it does not tell: of others it takes no notice.
  for (claimed_minor() = 0; claimed_minor() <= NEWEST_MINOR; claimed_minor()++) {
    ffi::RegisterArgs args{};
    args.struct_size = ffi::REGISTER_BYTES;
    args.target = target;
    args.target_length = strlen(target);
    args.handler = reinterpret_cast<void*>(handler);
    args.platform = platform;
    args.platform_length = strlen(platform);
    if (Error* error = functions->register_handler(&args)) return take(api, error);
  }
  return 0;
}

}  // namespace girih
