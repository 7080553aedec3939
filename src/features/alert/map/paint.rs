//! Turns a drawing into a picture, with the fonts that come with the program.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};

use super::indexed;

/// The family of both fonts.
pub(super) const FAMILY: &str = "Noto Sans";

/// Why a drawing did not become a picture.
#[derive(Debug, thiserror::Error)]
pub enum PaintFault {
    /// The drawing is none.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] usvg::Error),
    /// There is no room for it.
    #[error("there is no room for a picture of this size")]
    Room,
    /// It could not be written as PNG.
    #[error("the picture cannot be written: {0}")]
    Png(#[from] png::EncodingError),
}

/// The fonts, read once.
#[derive(Debug)]
pub(super) struct Paint {
    fonts: Arc<fontdb::Database>,
}

impl Paint {
    pub(super) fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for font in [
            include_bytes!("font/NotoSans-Regular.ttf").as_slice(),
            include_bytes!("font/NotoSans-Bold.ttf").as_slice(),
        ] {
            fonts.load_font_data(font.to_vec());
        }
        Self {
            fonts: Arc::new(fonts),
        }
    }

    fn tree(&self, svg: &str) -> Result<Tree, usvg::Error> {
        let options = Options {
            fontdb: Arc::clone(&self.fonts),
            font_family: FAMILY.to_owned(),
            ..Options::default()
        };
        Tree::from_str(svg, &options)
    }

    /// The drawing as PNG.
    ///
    /// # Errors
    /// A [`PaintFault`].
    pub(super) fn png(&self, svg: &str) -> Result<Vec<u8>, PaintFault> {
        let tree = self.tree(svg)?;
        let size = tree.size().to_int_size();
        let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PaintFault::Room)?;
        resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
        Ok(indexed::png(&pixels)?)
    }

    /// How wide an SVG text element comes out, in pixels; zero where nothing of it can be shown.
    pub(super) fn width(&self, element: &str) -> f64 {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{element}</svg>"#
        );
        let tree = self.tree(&svg);
        tree.map_or(0.0, |tree| {
            f64::from(tree.root().abs_bounding_box().width())
        })
    }
}
