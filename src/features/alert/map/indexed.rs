//! PNG with a palette: a map has few colours, and so takes a third of the room.

use std::cmp::Reverse;
use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::Pixmap;

/// A colour without transparency.
type Colour = [u8; 3];

/// The most colours of a palette.
const MOST: usize = 256;

/// Writes an opaque picture with the 256 colours that it has most of; all others, which are the
/// rims of letters and lines, become the nearest of them.
pub(super) fn png(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let colours = pixels.data().as_chunks::<4>().0.iter();
    let colours: Vec<Colour> = colours.map(|[r, g, b, _]| [*r, *g, *b]).collect();
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for run in colours.chunk_by(|one, next| one == next) {
        *counts.entry(run[0]).or_default() += u32::try_from(run.len()).unwrap_or(u32::MAX);
    }
    let palette = palette(&counts);
    let nearest: HashMap<Colour, u8> = (counts.into_keys())
        .map(|colour| (colour, nearest(&palette, colour)))
        .collect();
    let mut indices = Vec::with_capacity(colours.len());
    for run in colours.chunk_by(|one, next| one == next) {
        indices.resize(indices.len() + run.len(), nearest[&run[0]]);
    }

    let mut file = vec![];
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    // Neighbouring indices are no neighbouring colours.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(file)
}

/// The colours to keep: of those that look alike the most frequent, and of these the most frequent.
fn palette(counts: &HashMap<Colour, u32>) -> Vec<Colour> {
    let mut alike: HashMap<Colour, (u32, Reverse<Colour>, u32)> = HashMap::new();
    for (colour, count) in counts {
        let one = alike
            .entry(colour.map(|part| part >> 4))
            .or_insert((0, Reverse(*colour), 0));
        one.2 += count;
        if (*count, Reverse(*colour)) > (one.0, one.1) {
            (one.0, one.1) = (*count, Reverse(*colour));
        }
    }
    let mut kept: Vec<(u32, Reverse<Colour>)> = (alike.into_values())
        .map(|(_, colour, together)| (together, colour))
        .collect();
    kept.sort_unstable_by(|one, other| other.cmp(one));
    kept.truncate(MOST);
    kept.into_iter()
        .map(|(_, Reverse(colour))| colour)
        .collect()
}

fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let distance = |kept: &Colour| -> u32 {
        let parts = kept.iter().zip(colour);
        parts
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .sum()
    };
    let places = (0..=u8::MAX).zip(palette);
    let found = places.min_by_key(|(_, kept)| distance(kept));
    found.map_or(0, |(at, _)| at)
}
