/// From the IR to XLA's HLO, for the module in which programs are compiled. Protocol buffers read
/// the classes of HLO's messages by reflection.
@SuppressWarnings("module") // it is built later
module girih.hlo.emitter {
  requires transitive girih.ir;
  requires com.google.protobuf;

  exports org.girih.hlo.emit to
      girih.embed;
  exports org.girih.hlo.proto to
      com.google.protobuf,
      girih.embed;
  exports org.girih.hlo.verify to
      girih.embed;
}
