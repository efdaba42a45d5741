// Calls a compiled module again and again through the PJRT C API, and prints the nanoseconds a call
// of each round: the floor under which no caller of the plugin can be. Each call makes a result
// buffer, waits for it and destroys it.
// usage: dispatch PLUGIN MODULE OPTIONS ROUNDS CALLS
#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pjrt_c_api.h"

namespace {

const PJRT_Api* api;

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void check(PJRT_Error* error) {
  if (error == nullptr) return;
  PJRT_Error_Message_Args args{};
  args.struct_size = PJRT_Error_Message_Args_STRUCT_SIZE;
  args.error = error;
  api->PJRT_Error_Message(&args);
  std::fprintf(stderr, "%.*s\n", static_cast<int>(args.message_size), args.message);
  std::exit(1);
}

void wait(PJRT_Event* event) {
  PJRT_Event_Await_Args await{};
  await.struct_size = PJRT_Event_Await_Args_STRUCT_SIZE;
  await.event = event;
  check(api->PJRT_Event_Await(&await));
  PJRT_Event_Destroy_Args destroy{};
  destroy.struct_size = PJRT_Event_Destroy_Args_STRUCT_SIZE;
  destroy.event = event;
  check(api->PJRT_Event_Destroy(&destroy));
}

void destroy(PJRT_Buffer* buffer) {
  PJRT_Buffer_Destroy_Args args{};
  args.struct_size = PJRT_Buffer_Destroy_Args_STRUCT_SIZE;
  args.buffer = buffer;
  check(api->PJRT_Buffer_Destroy(&args));
}

void ready(PJRT_Buffer* buffer) {
  PJRT_Buffer_ReadyEvent_Args args{};
  args.struct_size = PJRT_Buffer_ReadyEvent_Args_STRUCT_SIZE;
  args.buffer = buffer;
  check(api->PJRT_Buffer_ReadyEvent(&args));
  wait(args.event);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  api = reinterpret_cast<const PJRT_Api* (*)()>(dlsym(library, "GetPjrtApi"))();
  PJRT_Plugin_Initialize_Args start{};
  start.struct_size = PJRT_Plugin_Initialize_Args_STRUCT_SIZE;
  check(api->PJRT_Plugin_Initialize(&start));
  PJRT_Client_Create_Args create{};
  create.struct_size = PJRT_Client_Create_Args_STRUCT_SIZE;
  check(api->PJRT_Client_Create(&create));
  PJRT_Client_AddressableDevices_Args devices{};
  devices.struct_size = PJRT_Client_AddressableDevices_Args_STRUCT_SIZE;
  devices.client = create.client;
  check(api->PJRT_Client_AddressableDevices(&devices));

  std::string code = read(argv[2]);
  std::string options = read(argv[3]);
  PJRT_Program program{};
  program.struct_size = PJRT_Program_STRUCT_SIZE;
  program.code = code.data();
  program.code_size = code.size();
  program.format = "hlo";
  program.format_size = 3;
  PJRT_Client_Compile_Args compile{};
  compile.struct_size = PJRT_Client_Compile_Args_STRUCT_SIZE;
  compile.client = create.client;
  compile.program = &program;
  compile.compile_options = options.data();
  compile.compile_options_size = options.size();
  check(api->PJRT_Client_Compile(&compile));

  float values[8] = {0, 1, 2, 3, 4, 5, 6, 7};
  int64_t dims[1] = {8};
  PJRT_Client_BufferFromHostBuffer_Args host{};
  host.struct_size = PJRT_Client_BufferFromHostBuffer_Args_STRUCT_SIZE;
  host.client = create.client;
  host.data = values;
  host.type = PJRT_Buffer_Type_F32;
  host.dims = dims;
  host.num_dims = 1;
  host.host_buffer_semantics = PJRT_HostBufferSemantics_kImmutableOnlyDuringCall;
  host.device = devices.addressable_devices[0];
  check(api->PJRT_Client_BufferFromHostBuffer(&host));
  wait(host.done_with_host_buffer);

  PJRT_ExecuteOptions run{};
  run.struct_size = PJRT_ExecuteOptions_STRUCT_SIZE;
  PJRT_Buffer* argument = host.buffer;
  PJRT_Buffer* const* arguments[1] = {&argument};
  PJRT_Buffer* result = nullptr;
  PJRT_Buffer** results[1] = {&result};
  PJRT_LoadedExecutable_Execute_Args execute{};
  execute.struct_size = PJRT_LoadedExecutable_Execute_Args_STRUCT_SIZE;
  execute.executable = compile.executable;
  execute.options = &run;
  execute.argument_lists = arguments;
  execute.num_devices = 1;
  execute.num_args = 1;
  execute.output_lists = results;

  int rounds = std::atoi(argv[4]);
  int calls = std::atoi(argv[5]);
  for (int round = 0; round < rounds; round++) {
    auto before = std::chrono::steady_clock::now();
    for (int call = 0; call < calls; call++) {
      check(api->PJRT_LoadedExecutable_Execute(&execute));
      ready(result);
      destroy(result);
    }
    std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - before;
    std::printf("%.1f\n", took.count() / calls);
  }

  check(api->PJRT_LoadedExecutable_Execute(&execute));
  float out[8];
  PJRT_Buffer_ToHostBuffer_Args back{};
  back.struct_size = PJRT_Buffer_ToHostBuffer_Args_STRUCT_SIZE;
  back.src = result;
  back.dst = out;
  back.dst_size = sizeof out;
  check(api->PJRT_Buffer_ToHostBuffer(&back));
  wait(back.event);
  for (float value : out) std::printf("= %g\n", value);
  return 0;
}
