/// The typed IR: what programs are between their text and HLO. Diagnostics, and the sources that
/// they point into, are for everybody; the rest is for the other modules of Girih.
@SuppressWarnings("module") // those modules are built later
module girih.ir {
  exports org.girih.ir.diagnostic;
  exports org.girih.ir.source;
  exports org.girih.ir.cost to
      girih.grammar,
      girih.passes;
  exports org.girih.ir.op to
      girih.grammar,
      girih.passes,
      girih.hlo.emitter,
      girih.host;
  exports org.girih.ir.program to
      girih.grammar,
      girih.passes,
      girih.hlo.emitter,
      girih.host,
      girih.embed;
  exports org.girih.ir.text to
      girih.passes;
  exports org.girih.ir.type to
      girih.grammar,
      girih.passes,
      girih.hlo.emitter,
      girih.host,
      girih.embed;
}
