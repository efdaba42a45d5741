/// Finds and fetches plugins: pure Java, without a native call, so that it serves where there is no
/// shim.
///
/// Read in this order: [PluginPackage] (what can be fetched, pinned by hash), [CacheFolder] and
/// [PluginCache] (where it is kept: complete or not at all, under a lock, with hashes),
/// [LibraryFile] (whether a file may be passed to `dlopen`), [PluginSearch] (every place that may
/// name a plugin, and the one that decides). What fails is a [PluginException] of one line with the
/// way out in another.
package org.girih.runtime.plugin;
