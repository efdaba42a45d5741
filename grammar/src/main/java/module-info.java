/// Parser and elaborator, for the module in which programs are compiled.
@SuppressWarnings("module") // it is built later
module girih.grammar {
  requires transitive girih.ir;
  requires org.antlr.antlr4.runtime;

  exports org.girih.grammar.ast to
      girih.embed;
  exports org.girih.grammar.elaborate to
      girih.embed;
  exports org.girih.grammar.parse to
      girih.embed;
  exports org.girih.grammar.plan to
      girih.embed;
}
