/// Rewrites the IR, for the modules in which programs are compiled.
@SuppressWarnings("module") // they are built later
module girih.passes {
  requires transitive girih.ir;

  exports org.girih.passes to
      girih.host,
      girih.embed;
  exports org.girih.passes.check to
      girih.host;
  exports org.girih.passes.effect to
      girih.host,
      girih.embed;
  exports org.girih.passes.loop to
      girih.host;
}
