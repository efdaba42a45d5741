package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What is wrong with a command line comes first, and nothing else but the way out comes after it.
class WrongCommandLineTest {
  private static void wrong(String message, String help, String... args) {
    Session session = Session.run(args);
    assertEquals(
        "error[E0612]: "
            + message
            + "\n   = help: "
            + help
            + "\n   = help: run `girih explain E0612`\n",
        session.err());
    assertEquals(2, session.code());
    assertEquals("", session.out());
  }

  private static void begins(String message, String... args) {
    Session session = Session.run(args);
    assertTrue(session.err().startsWith("error[E0612]: " + message), session.err());
    assertTrue(session.err().lines().count() <= 3, session.err());
    assertEquals(2, session.code());
  }

  @Test
  void unknownOptions() {
    wrong("unknown option `--foo` of `girih run`", "run `girih run --help`", "run", "--foo", "f");
    wrong(
        "unknown option `--chek` of `girih run`",
        "did you mean `--check`? Or run `girih run --help`",
        "run",
        "f.girih",
        "--chek");
    wrong(
        "unknown option `--verion` of `girih`",
        "did you mean `--version`? Or run `girih --help`",
        "--verion");
  }

  @Test
  void unknownCommands() {
    begins(
        "unknown command `rum`; expected new, run, test, bench, check, fix, fmt, show,",
        "rum",
        "f.girih");
    begins("unknown command `frobnicate`; expected new, run, test, bench,", "help", "frobnicate");
    begins("unknown command `chekc`;", "chekc");
    assertTrue(Session.run("chekc").err().contains("help: did you mean `check`?"));
    begins("unknown command `remove`; expected install, list or verify", "plugin", "remove");
    wrong("a command is missing", "run `girih --help`");
  }

  @Test
  void unknownValues() {
    wrong(
        "unknown value `elaborated` of `--stage`; expected ast, typed, expanded, transformed,"
            + " gradient, optimized, hlo, compiled or sharding",
        "run `girih show --help`",
        "show",
        "f.girih",
        "--stage",
        "elaborated");
    wrong(
        "unknown value `jsno` of `--output`; expected text, json, npy or npz",
        "did you mean `json`? Or run `girih run --help`",
        "run",
        "f.girih",
        "--output",
        "jsno");
    wrong(
        "wrong value of `--devices`: 'x' is not an int",
        "run `girih run --help`",
        "run",
        "f.girih",
        "--devices",
        "x");
    begins("wrong value of `--memory`: `lots` is not a size", "run", "f", "--memory", "lots");
  }

  @Test
  void missingArguments() {
    wrong("FILE is missing", "run `girih run --help`", "run");
    wrong("FILE is missing", "run `girih check --help`", "check");
    wrong("CODE is missing", "run `girih explain --help`", "explain");
    begins("`--stage` needs a value: STAGE", "show", "f.girih", "--stage");
  }

  @Test
  void unknownCodes() {
    wrong(
        "unknown error code `E0999`; expected E0901, E0902, E0903 or E0904",
        "run `girih explain --help`",
        "explain",
        "E0999");
    wrong(
        "unknown error code `sum`; expected one such as E0103; docs/errors.md lists them",
        "run `girih explain --help`",
        "explain",
        "sum");
  }

  @Test
  void furtherArguments() {
    wrong(
        "`girih explain` takes no further argument, got `E0102`",
        "run `girih explain --help`",
        "explain",
        "E0101",
        "E0102");
  }
}
