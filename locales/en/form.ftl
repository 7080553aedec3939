### Forms: words that all questions share.

form-done = Done
form-back = Back
form-cancel = Cancel
form-share = Share my location
form-share-how = Press the button below to share where you are. We keep the point only if you choose a distance around it.
form-everywhere = The whole city
form-your-place = the place that you shared
form-type = Write the answer
form-type-place = Write a quarter
form-write = Please write it.
form-chosen = Chosen: { $places }.
form-nothing-chosen = Nothing is chosen yet. Choose at least one.
form-answer-first = Please answer the question first.
form-choose-one = I did not understand the answer. Choose one of these:
form-choose-several = I did not understand the answer. Choose from these, one or more:
form-too-long = The text has { $length ->
    [one] { $length } character
   *[other] { $length } characters
}, and at most { $most } fit. Please shorten it.
form-place-unknown = I did not find “{ $text }” in the city. Try another name, or choose from the list.
form-place-which = There are several such places. Which one do you mean?
form-place-guess = I did not find exactly “{ $text }”. Is this what you mean?
form-place-found = “{ $text }” is in { $place } district.
form-place-outside = This place is not in our city. Choose a district from the list.
form-old = This question is no longer open.
form-closed = This question is no longer open.
