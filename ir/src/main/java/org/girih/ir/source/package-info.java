/// Texts and places in them. Nothing here knows what a text means.
package org.girih.ir.source;
