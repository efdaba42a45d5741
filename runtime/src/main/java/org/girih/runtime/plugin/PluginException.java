package org.girih.runtime.plugin;

/// Reports why there is no plugin to run on: nothing is installed, the file is not one, or it
/// cannot be fetched. The message is one line; [#help] is the way out, one line too.
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The kinds that a caller tells apart.
  public enum Reason {
    /// No place that was looked at names a plugin.
    NONE,
    /// The file that was named is missing, is not a shared library for this machine, is cut short,
    /// or is not a PJRT plugin.
    BAD_FILE,
    /// The plugin speaks a PJRT API that is older than the oldest that is supported, or of another
    /// major version.
    API_VERSION,
    /// The plugin is in order but its set-up failed.
    SETUP,
    /// Another process holds the devices of the plugin.
    LOCKED,
    /// It could not be fetched or unpacked: no pip, no network, no space.
    INSTALL,
    /// The cache cannot be written or its content is damaged.
    CACHE
  }

  private final Reason reason;
  private final String help;

  public PluginException(Reason reason, String message, String help) {
    this(reason, message, help, null);
  }

  public PluginException(Reason reason, String message, String help, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.help = help;
  }

  public Reason reason() {
    return reason;
  }

  /// Returns the way out; empty if there is none to tell.
  public String help() {
    return help;
  }

  /// Returns message and way out: what a program that does not catch it ends with.
  @Override
  public String toString() {
    return help.isEmpty() ? super.toString() : super.toString() + " (" + help + ")";
  }
}
