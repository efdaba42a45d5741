module t {
  requires girih.runtime;
}
