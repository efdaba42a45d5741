module t {
  requires girih.embed;
}
