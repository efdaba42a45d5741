/// Parser and elaborator, for the modules in which programs are compiled.
@SuppressWarnings("module") // they are built later
module girih.grammar {
  requires transitive girih.ir;
  requires org.antlr.antlr4.runtime;

  exports org.girih.grammar.ast to
      girih.host,
      girih.embed;
  exports org.girih.grammar.elaborate to
      girih.host,
      girih.embed;
  exports org.girih.grammar.parse to
      girih.host,
      girih.embed;
  exports org.girih.grammar.plan to
      girih.host,
      girih.embed;
}
