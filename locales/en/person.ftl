### One person’s data, in the hands of the data protection officer.

person-channel = There is no channel “{ $value }”; it is telegram, discord or email.
person-unknown = Nothing is kept about { $handle } on { $channel }.
person-forgotten-before = Nothing is kept about { $handle } on { $channel }: this address has already asked to be forgotten.
person-confirm = Everything about { $handle } will be erased, and this cannot be undone. To confirm, type the address once more:
person-not-forgotten = The address is not the same. Nothing was erased.
person-forgotten = { $handle } on { $channel } is erased:
person-erased-subscriptions = { "  " }subscriptions: { NUM($count) }
person-erased-consents = { "  " }records of consent: { NUM($count) }
person-erased-letters = { "  " }messages sent or waiting: { NUM($count) }
person-erased-forms = { "  " }unfinished forms: { NUM($count) }
person-erased-requests = { "  " }requests by e-mail: { NUM($count) }
person-kept = What stays is how many messages were sent, so that the numbers add up, and a fingerprint of the address, so that no old list brings it back. The address cannot be recovered from the fingerprint.
person-backups = Back-ups are not changed: if you restore one, erase the address again.
