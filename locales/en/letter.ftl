### Below every letter that rests in another language too.

## The language’s name in itself; on a button.

language-own-name = English
