import { useEffect, useState } from 'react';
import { Field } from '../../components/field.tsx';
import { Tick } from '../../components/tick.tsx';
import { api } from '../../lib/api.ts';

/** A picture for the time without an encoder, and whether the one that is there shall go. */
export function SlateFields({ streamId }: { readonly streamId: string }) {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    let shown = true;
    api.hasSlate(streamId).then(
      (answer) => shown && setThere(answer),
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [streamId]);
  return (
    <>
      <Field
        label={isThere ? 'Another slate' : 'Slate'}
        name="slate"
        type="file"
        accept="image/png,image/jpeg"
        hint="Shown in place of the last picture while the encoder is away. PNG or JPEG, to 5 MiB."
      />
      {isThere && <Tick label="Remove the present slate" name="removeSlate" />}
    </>
  );
}

/** Does with the slate what the fields say. */
export async function saveSlate(streamId: string, form: FormData): Promise<void> {
  const picture = form.get('slate');
  if (picture instanceof Blob && picture.size > 0) await api.putSlate(streamId, picture);
  else if (form.has('removeSlate')) await api.removeSlate(streamId);
}
