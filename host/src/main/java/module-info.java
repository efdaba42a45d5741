/// Does the steps of a program on a device, for the modules in which programs are run. What draws
/// and what shows progress is brought in from outside.
@SuppressWarnings("module") // girih.embed is built later
module girih.host {
  requires com.fasterxml.jackson.core;
  requires com.google.protobuf;
  requires girih.grammar;
  requires girih.hlo.emitter;
  requires transitive girih.ir;
  requires girih.passes;
  requires girih.runtime;
  requires java.management;
  requires jdk.management;

  exports org.girih.host.array;
  exports org.girih.host.effect;
  exports org.girih.host.run to
      girih.embed;
}
