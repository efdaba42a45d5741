// A library that exports GetPjrtApi and little else; -DCASE picks what is wrong with it.
//   0: a table of version MAJOR.MINOR with no function in it
//   1: no table at all
//   2: a table too short to hold its version
#include <stddef.h>

struct Version {
  size_t struct_size;
  void* extension_start;
  int major;
  int minor;
};

struct Api {
  size_t struct_size;
  void* extension_start;
  Version version;
  void* functions[200];
};

static Api api = {SIZE, nullptr, {sizeof(Version), nullptr, MAJOR, MINOR}, {nullptr}};

extern "C" const void* GetPjrtApi() { return CASE == 1 ? nullptr : &api; }
