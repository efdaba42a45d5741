package org.girih.runtime.plugin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.girih.runtime.plugin.PluginException.Reason;

/// Tells whether a file can be handed to `dlopen`: an ELF shared object of 64 bits for this machine
/// with all of its segments and section headers within the file. The loader maps segments without
/// looking at the file's length, so that a file cut short would kill the process with SIGBUS.
///
/// Offsets are those of `Elf64_Ehdr` and `Elf64_Phdr` (System V ABI, gABI chapters 4 and 5).
public final class LibraryFile {
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int SECTION_BYTES = 64;
  private static final int TYPE_SHARED = 3;
  private static final int SEGMENT_LOAD = 1;
  private static final int SEGMENT_DYNAMIC = 2;

  private LibraryFile() {}

  /// Returns the absolute path of `file`, which is in order.
  ///
  /// @throws PluginException with [Reason#BAD_FILE] and what is wrong with it
  public static Path check(Path file) throws PluginException {
    if (!Files.exists(file)) {
      throw bad(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw bad(file, "it is not a file");
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      checkHeader(file, channel);
    } catch (EOFException e) {
      throw bad(file, "it is cut short");
    } catch (IOException e) {
      throw bad(file, "it cannot be read: " + e.getMessage());
    }
    return file.toAbsolutePath().normalize();
  }

  private static void checkHeader(Path file, FileChannel channel)
      throws IOException, PluginException {
    long size = channel.size();
    if (size < HEADER_BYTES) {
      throw bad(file, "it is not a shared library");
    }
    ByteBuffer header = read(channel, 0, HEADER_BYTES);
    if (header.getInt(0) != 0x464c457f) {
      throw bad(file, "it is not a shared library");
    }
    if (header.get(4) != 2 || header.get(5) != 1) {
      throw bad(file, "it is not a library of 64 bits, low byte first");
    }
    int machine = Short.toUnsignedInt(header.getShort(18));
    if (machine != hostMachine()) {
      throw bad(
          file,
          "it is for " + machineName(machine) + ", this machine is " + machineName(hostMachine()));
    }
    if (Short.toUnsignedInt(header.getShort(16)) != TYPE_SHARED) {
      throw bad(file, "it is an ELF file but not a shared library");
    }
    checkSegments(file, channel, header);
    long sections = header.getLong(40);
    int count = Short.toUnsignedInt(header.getShort(60));
    if (sections != 0 && !within(sections, (long) count * SECTION_BYTES, size)) {
      throw bad(file, "it is cut short");
    }
  }

  private static void checkSegments(Path file, FileChannel channel, ByteBuffer header)
      throws IOException, PluginException {
    long size = channel.size();
    long offset = header.getLong(32);
    int count = Short.toUnsignedInt(header.getShort(56));
    if (Short.toUnsignedInt(header.getShort(54)) != SEGMENT_BYTES || count == 0) {
      throw bad(file, "its program headers are damaged");
    }
    if (!within(offset, (long) count * SEGMENT_BYTES, size)) {
      throw bad(file, "it is cut short");
    }
    ByteBuffer segments = read(channel, offset, count * SEGMENT_BYTES);
    boolean dynamic = false;
    for (int at = 0; at < count * SEGMENT_BYTES; at += SEGMENT_BYTES) {
      int type = segments.getInt(at);
      dynamic |= type == SEGMENT_DYNAMIC;
      boolean mapped = type == SEGMENT_LOAD || type == SEGMENT_DYNAMIC;
      if (mapped && !within(segments.getLong(at + 8), segments.getLong(at + 32), size)) {
        throw bad(file, "it is cut short");
      }
    }
    if (!dynamic) {
      throw bad(file, "it is an ELF file but not a shared library");
    }
  }

  private static boolean within(long offset, long length, long size) {
    return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
  }

  private static ByteBuffer read(FileChannel channel, long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer;
  }

  /// Returns `e_machine` of this machine, or -1 where none of our libraries can be loaded.
  private static int hostMachine() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> 62;
      case "aarch64" -> 183;
      case null, default -> -1;
    };
  }

  private static String machineName(int machine) {
    return switch (machine) {
      case 3 -> "x86";
      case 40 -> "arm";
      case 62 -> "x86-64";
      case 183 -> "aarch64";
      case -1 -> System.getProperty("os.arch");
      default -> "machine number " + machine;
    };
  }

  private static PluginException bad(Path file, String what) {
    return new PluginException(
        Reason.BAD_FILE,
        "cannot use " + file + " as a PJRT plugin: " + what,
        "'girih plugin list' shows where plugins are looked for");
  }
}
