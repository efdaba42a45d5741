/// Texts and places in them. Nothing here knows what a text means.
///
/// A [Source] is a text with a name, a [Span] a part of it; [SourceReader] decodes its bytes.
/// [LargeStack] runs what recurses over a text.
package org.girih.ir.source;
