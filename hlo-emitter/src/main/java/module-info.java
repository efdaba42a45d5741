/// From the IR to XLA's HLO, for the modules in which programs are compiled. Protocol buffers read
/// the classes of HLO's messages by reflection.
@SuppressWarnings("module") // they are built later
module girih.hlo.emitter {
  requires transitive girih.ir;
  requires com.google.protobuf;

  exports org.girih.hlo to
      girih.host;
  exports org.girih.hlo.emit to
      girih.host,
      girih.embed;
  exports org.girih.hlo.proto to
      com.google.protobuf,
      girih.runtime,
      girih.host,
      girih.embed;
  exports org.girih.hlo.text to
      girih.host;
  exports org.girih.hlo.rewrite to
      girih.runtime;
  exports org.girih.hlo.verify to
      girih.runtime,
      girih.host,
      girih.embed;
}
