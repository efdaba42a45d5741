// A PJRT plugin that hands all calls on to another one, and counts the copies between host and device
// that are asked of it: at the end of the process it prints, as `copies NAME CALLS BYTES`, each way that
// the C API has. GIRIH_COUNTED names the library of the other plugin. Element sizes are those of f32.
#include <dlfcn.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pjrt_c_api.h"

namespace {

struct Count {
  const char* name;
  std::atomic<long> calls{0}, bytes{0};
  explicit Count(const char* name) : name(name) {}
  void add(long size) { calls++, bytes += size; }
  ~Count() { std::printf("copies %s %ld %ld\n", name, calls.load(), bytes.load()); }
};

Count from_host("host-to-device"), to_host("device-to-host"), to_device("device-to-device"), raw("raw");
const PJRT_Api* counted;

PJRT_Error* fromHost(PJRT_Client_BufferFromHostBuffer_Args* args) {
  long size = 4;
  for (size_t i = 0; i < args->num_dims; i++) size *= args->dims[i];
  from_host.add(size);
  return counted->PJRT_Client_BufferFromHostBuffer(args);
}

PJRT_Error* toHost(PJRT_Buffer_ToHostBuffer_Args* args) {
  if (args->dst != nullptr) to_host.add(static_cast<long>(args->dst_size));  // else it asks for the size
  return counted->PJRT_Buffer_ToHostBuffer(args);
}

PJRT_Error* copyToDevice(PJRT_Buffer_CopyToDevice_Args* args) {
  to_device.add(0);
  return counted->PJRT_Buffer_CopyToDevice(args);
}

PJRT_Error* copyToMemory(PJRT_Buffer_CopyToMemory_Args* args) {
  to_device.add(0);
  return counted->PJRT_Buffer_CopyToMemory(args);
}

PJRT_Error* copyRaw(PJRT_Buffer_CopyRawToHost_Args* args) {
  raw.add(static_cast<long>(args->transfer_size));
  return counted->PJRT_Buffer_CopyRawToHost(args);
}

}  // namespace

extern "C" const PJRT_Api* GetPjrtApi() {
  if (counted == nullptr) {
    void* library = dlopen(std::getenv("GIRIH_COUNTED"), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      std::fprintf(stderr, "%s\n", dlerror());
      std::exit(1);
    }
    counted = reinterpret_cast<const PJRT_Api* (*)()>(dlsym(library, "GetPjrtApi"))();
  }
  static PJRT_Api* own = [] {
    auto* api = static_cast<PJRT_Api*>(std::malloc(counted->struct_size));
    std::memcpy(api, counted, counted->struct_size);
    api->PJRT_Client_BufferFromHostBuffer = fromHost;
    api->PJRT_Buffer_ToHostBuffer = toHost;
    api->PJRT_Buffer_CopyToDevice = copyToDevice;
    api->PJRT_Buffer_CopyToMemory = copyToMemory;
    api->PJRT_Buffer_CopyRawToHost = copyRaw;
    return api;
  }();
  return own;
}
