/// Finds and fetches plugins: pure Java, without a native call, so that it serves where there is no
/// shim.
///
/// Read in this order: [PluginPackage] (what can be fetched, pinned by hash), [CacheFolder] and
/// [PluginCache] (where it is kept: complete or not at all, under a lock, with hashes),
/// [LibraryFile] (whether a file may be passed to `dlopen`), [PluginSearch] (every place that may
/// name a plugin, and the one that decides). What fails is a [PluginException] of one line with the
/// way out in another.
///
/// A [Platform] is a kind of devices; [DeviceFiles] finds whether this machine has one. A [Wheel]
/// is fetched by pip, and becomes an [InstalledPlugin]. [FileStamp] tells whether a file is as it
/// was read, and [FolderTrust] whether someone else could have put it there.
package org.girih.runtime.plugin;
