/// Devices, arrays and programs, from Java. `org.girih.runtime.host` is the way in; `….artifact`
/// has what a built file states of itself, `….plugin` why there is no device.
///
/// The native library makes objects of JavaCPP when it is loaded, though no class here does.
@SuppressWarnings("module") // those modules are built later
module girih.runtime {
  requires com.fasterxml.jackson.core;
  requires girih.hlo.emitter;
  requires org.bytedeco.javacpp;

  exports org.girih.runtime.artifact;
  exports org.girih.runtime.host;
  exports org.girih.runtime.plugin;
  exports org.girih.runtime.status;
  exports org.girih.runtime.cache to
      girih.host,
      girih.embed;
  exports org.girih.runtime.pjrt to
      girih.host,
      girih.embed;
}
