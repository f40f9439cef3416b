/** For a page that the reader may not see. */
export const NotAllowedPage = ({ title }: { readonly title: string }) => (
  <>
    <h1 className="page-title">{title}</h1>
    <p className="notice">
      This page is for administrators: the role with which you have signed in does not go so far.
    </p>
  </>
);
