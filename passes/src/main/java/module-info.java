/// Rewrites the IR, for the module in which programs are compiled.
@SuppressWarnings("module") // it is built later
module girih.passes {
  requires transitive girih.ir;

  exports org.girih.passes to
      girih.embed;
}
