## The frame of a mail: what stands around a letter's own words.

# Above a letter that calls for care.
email-warning = Warning

# Above a letter about danger to life.
email-danger = Danger

# The link at the foot that asks to be sent no more; it opens a mail that is ready to send.
email-unsubscribe = Stop these e-mails

# The link to the page where one changes what one gets.
email-preferences = Change what you get

# Under a page that was cut, because mail programs show only so much of one.
email-cut = The text goes on in the plain text version of this e-mail.

# An address that was typed in is none.
email-handle-wrong = Please write an e-mail address like name@example.com.
