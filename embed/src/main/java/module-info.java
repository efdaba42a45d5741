/// The compiler, for programs that compile at run time.
module girih.embed {
  requires com.google.protobuf;
  requires girih.grammar;
  requires girih.hlo.emitter;
  requires transitive girih.host;
  requires transitive girih.ir;
  requires girih.passes;
  requires transitive girih.runtime;

  exports org.girih.embed;
}
