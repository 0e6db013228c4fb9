"""PDF: characters and ruling lines as PDFium gives them, to paragraphs and tables."""
